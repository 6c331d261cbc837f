package vendortest

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Subject is what a vendor's package provides to the suite.
type Subject struct {
	// Vendor simulates the vendor at the root of its base address. Its clock should stand still, so
	// that two readings of it are equal. Each test gets a new one.
	Vendor http.Handler
	// Account has the credentials that Vendor accepts. The suite fills in the base address.
	Account model.Account
	// Open makes the adapter.
	Open func(model.Account, *vendors.Client) (vendors.Adapter, error)
	// Secrets are the values that must not appear anywhere.
	Secrets []string
	// TokenPath is the end of the token endpoint's path; "" if the vendor has none.
	TokenPath string
	// SendPath is the end of the path that is called to send Batch.
	SendPath string
	// Batch is a batch that Vendor accepts.
	Batch model.Batch
	// LocalSenders says that the senders come from the configuration: reading them makes no
	// request, so it cannot fail.
	LocalSenders bool
	// ShortPages changes the adapter's request to ask for fewer rows per page. nil: the vendor has
	// no pages.
	ShortPages func(*http.Request)
	// Unasked names the questions that the adapter answers without asking the vendor: "senders"
	// from the configuration.
	Unasked []string
	// BlockPath is in the path of the call that puts phones on the blacklist; "" if there is none.
	BlockPath string
	// AskedBy is the field of an answer with whose value the adapter asks the next question; "" if
	// there is none.
	AskedBy string
	// ForbiddenIsExpired says that the vendor answers 403, and not only 401, to a token that is no
	// longer valid.
	ForbiddenIsExpired bool
}

const maxBody = 4 << 20

// bench is one test's adapter with the proxy in front of its vendor.
type bench struct {
	Subject
	proxy   *proxy
	adapter vendors.Adapter
}

func newBench(t *testing.T, s Subject) *bench {
	t.Helper()
	return &bench{Subject: s, proxy: newProxy(t, s.Vendor)}
}

// open makes an adapter with long time-outs, for requests that should succeed. A bench is reopened
// after failures, which may have tripped the circuit breaker.
func (b *bench) open(t *testing.T) {
	t.Helper()
	b.openWith(t, b.proxy.URL+"/", vendors.ClientOptions{})
}

// openHasty makes an adapter with short time-outs, for requests that should fail.
func (b *bench) openHasty(t *testing.T) {
	t.Helper()
	b.openWith(t, b.proxy.URL, vendors.ClientOptions{
		HeaderTimeout: 300 * time.Millisecond, ReadTimeout: 500 * time.Millisecond,
		SendTimeout: 500 * time.Millisecond})
}

func (b *bench) openWith(t *testing.T, base string, o vendors.ClientOptions) {
	t.Helper()
	o.Account, o.Secrets, o.MaxBody = b.Account, b.Secrets, maxBody
	o.Account.BaseURL, o.Account.Settings = base, with(o.Account.Settings, "auth_url", base)
	client := vendors.NewClient(o)
	t.Cleanup(client.Close)
	a, err := b.Open(o.Account, client)
	if err != nil {
		t.Fatalf("open the adapter: %v", err)
	}
	b.adapter = a
}

// with adds a setting, which accounts of other vendors ignore.
func with(s model.Settings, key, value string) model.Settings {
	s = maps.Clone(s)
	if s == nil {
		s = model.Settings{}
	}
	s[key] = value
	return s
}

// notToken matches everything but the token endpoint.
func (b *bench) notToken(r *http.Request) bool {
	return b.TokenPath == "" || !strings.HasSuffix(r.URL.Path, b.TokenPath)
}

// mustBeError fails unless err is an application error with a sentence and without secrets.
func (b *bench) mustBeError(t *testing.T, err error) *model.Error {
	t.Helper()
	e := asError(err)
	if e == nil {
		t.Fatalf("got %v, want an application error", err)
	}
	if e.Text.IsZero() || e.Kind == "" {
		t.Errorf("error %#v has no sentence or no kind", e)
	}
	b.mustKeepSecrets(t, err.Error()+e.Vendor+e.Code)
	if safe := model.Sanitise(err.Error()); safe != err.Error() {
		t.Errorf("the error is not harmless: %q", err.Error())
	}
	return e
}

func (b *bench) mustKeepSecrets(t *testing.T, text string) {
	t.Helper()
	for _, s := range b.Secrets {
		if s != "" && strings.Contains(text, s) {
			t.Errorf("a secret is shown: %q", strings.ReplaceAll(text, s, "<SECRET>"))
		}
	}
}

// Run runs the suite. Each test gets a fresh subject.
func Run(t *testing.T, newSubject func(t *testing.T) Subject) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(*testing.T, *bench)
	}{
		{"TheAccountIsShownWithoutSecrets", testAccount},
		{"EverythingReadBelongsToTheAccount", testReads},
		{"PagesShorterThanAskedForAreReadToTheEnd", testShortPages},
		{"AVendorThatIgnoresTheOffsetEndsTheList", testSamePage},
		{"AnAnswerWithNothingInItIsAFailedReading", testNoList},
		{"RowsThatComeTwiceOrInAnotherOrderAreTheSame", testDoubledList},
		{"AListThatEndsBeforeItsTotalIsAFailedReading", testShortList},
		{"ARowThatNamesNobodyMakesAReadingSaySo", testUnreadableRow},
		{"MoreRowsThanTheVendorNamesAreAFailedReading", testOtherTotal},
		{"FieldsNobodyKnowsChangeNothing", testNews},
		{"NumbersAsStringsAndStringsAsNumbersChangeNothing", testOtherTypes},
		{"StatusesNobodyKnowsAreKeptAndMeanNothing", testStatuses},
		{"AnswersOfAnyShapeEndInDataOrAnError", testShapes},
		{"AnAnswerWithOneThingChangedIsReadInFullOrNotBelieved", testMutatedAnswers},
		{"AYesWithOneThingChangedRefusesNobody", testMutatedYes},
		{"NewsOfASendWithOneThingChangedRefuseNobody", testMutatedTrack},
		{"ABlockThatIsNotConfirmedIsNoBlock", testUnconfirmedBlock},
		{"TextFromTheVendorIsHarmless", testHostileText},
		{"FailedReadsEndInAClearErrorAndRecover", testFailedReads},
		{"AnEndlessAnswerIsCutOff", testEndless},
		{"AnEndedContextEndsAReading", testEndedContext},
		{"ManyReadAtOnce", testManyAtOnce},
		{"NoErrorShowsASecret", testSecrets},
		{"AnExpiredTokenIsRenewedOnce", testExpiredToken},
		{"RefusedCredentialsAreNotTriedForEver", testRefusedCredentials},
		{"ASendIsOneCall", testSend},
		{"ASendWhoseAnswerIsLostIsUnknownAndNotRepeated", testLostSends},
		{"ASendThatCannotHaveLeftSaysSo", testUnsent},
		{"ARefusedSendSaysSo", testRefusedSend},
		{"WhatStandsBesideAYesIsSaidAndTheYesKept", testBesideYes},
		{"TheWordsCountWhateverTheStatus", testWords},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, newSubject(t))
			b.open(t)
			c.test(t, b)
		})
	}
}
