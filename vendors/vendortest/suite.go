package vendortest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Subject is what a vendor's package brings to the suite.
type Subject struct {
	// Vendor plays the vendor, at the root of its base address. Its clock should stand still, so that two readings of it are the
	// same. It is made anew for each test.
	Vendor http.Handler
	// Account has the credentials that Vendor accepts. The suite fills in the base address.
	Account model.Account
	// Open makes the adapter.
	Open func(model.Account, *vendors.Client) (vendors.Adapter, error)
	// Secrets are the values that nothing may show.
	Secrets []string
	// TokenPath ends the path of the token endpoint; "" where the vendor has none.
	TokenPath string
	// SendPath ends the path of the call that Batch leads to.
	SendPath string
	// Batch is one that Vendor accepts.
	Batch model.Batch
	// ShortPages asks for fewer rows a page than the adapter did, by changing its request. nil: the vendor has no pages.
	ShortPages func(*http.Request)
}

const (
	maxBody       = 4 << 20
	headerTimeout = time.Second
	readTimeout   = 4 * time.Second
	sendTimeout   = time.Second
)

// bench is one test's adapter with the proxy before its vendor.
type bench struct {
	Subject
	proxy   *proxy
	client  *vendors.Client
	adapter vendors.Adapter
}

func newBench(t *testing.T, s Subject) *bench {
	t.Helper()
	p := newProxy(t, s.Vendor)
	return &bench{Subject: s, proxy: p, client: nil, adapter: nil}
}

// open makes an adapter whose client has the suite's short time-outs. A bench may be opened again after failures that tripped
// the circuit breaker.
func (b *bench) open(t *testing.T) {
	t.Helper()
	account := b.Account
	account.BaseURL, account.AuthURL = b.proxy.URL+"/", b.proxy.URL+"/"
	b.client = vendors.NewClient(vendors.ClientOptions{
		Account: account, Secrets: b.Secrets, MaxBody: maxBody, HeaderTimeout: headerTimeout, ReadTimeout: readTimeout, SendTimeout: sendTimeout,
	})
	t.Cleanup(b.client.Close)
	a, err := b.Open(account, b.client)
	if err != nil {
		t.Fatalf("open the adapter: %v", err)
	}
	b.adapter = a
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
	if e.Text == "" || e.Kind == "" {
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
		{"FieldsNobodyKnowsChangeNothing", testNews},
		{"NumbersAsStringsAndStringsAsNumbersChangeNothing", testOtherTypes},
		{"StatusesNobodyKnowsAreKeptAndMeanNothing", testStatuses},
		{"AnswersOfAnyShapeEndInDataOrAnError", testShapes},
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
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, newSubject(t))
			b.open(t)
			c.test(t, b)
		})
	}
}
