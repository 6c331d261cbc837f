package vendors

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"viberdeck/model"
)

// linkAsker requests the addresses of a message, as a phone or a vendor will, to see whether they
// work. It reaches only the public network: the author of a campaign must not be able to use it to
// explore this host's own network.
type linkAsker struct {
	// Here requests only addresses on this host, for a vendor that is simulated on it.
	Here bool
	// Within is how long all requests together may take; 0: linkTime.
	Within time.Duration
	Roots  *x509.CertPool // nil: those of the system
}

const (
	linkTime      = 3 * time.Second
	linksAsked    = 20 // addresses of one message
	linkRedirects = 5
	linkSniffed   = 512     // bytes needed to recognise the content type
	linkRead      = 1 << 20 // bytes read of content whose size is not stated
)

var (
	errInside    = errors.New("on this host or its own network")
	errOutside   = errors.New("not on this host")
	errRedirects = errors.New("too many redirects")
)

// Ask requests all addresses at once and returns what it learnt about each.
func (a linkAsker) Ask(ctx context.Context, links []model.Link) []model.LinkFinding {
	within := a.Within
	if within <= 0 {
		within = linkTime
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	asked := links[:min(len(links), linksAsked)]
	found := make([]model.LinkFinding, len(links))
	copy(found[len(asked):], model.UncheckedLinks(links[len(asked):],
		model.Say("only the first %s", model.Counted(linksAsked, "address is", "addresses are"))))
	var all sync.WaitGroup
	for i, l := range asked {
		all.Go(func() {
			answer, err := a.ask(ctx, l)
			if err != nil {
				answer = linkFailure(err, within)
			}
			found[i] = l.Judge(answer)
		})
	}
	all.Wait()
	return found
}

// redirectedError is the failure of an address that was reached by a redirect.
type redirectedError struct{ error }

// Unwrap returns the failure itself.
func (e redirectedError) Unwrap() error { return e.error }

func (a linkAsker) ask(ctx context.Context, l model.Link) (model.LinkAnswer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.URL, nil)
	if err != nil {
		return model.LinkAnswer{}, err
	}
	if err := a.reaches(req.URL); err != nil {
		return model.LinkAnswer{}, err
	}
	req.Header.Set("User-Agent", "viberdeck")
	transport := a.transport()
	defer transport.CloseIdleConnections()
	redirected := false
	client := http.Client{Transport: transport, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		redirected = true
		switch {
		case len(via) > linkRedirects:
			return errRedirects
		case model.HiddenHost(next.URL.Hostname()) && next.URL.Host != req.URL.Host:
			return errInside
		}
		return a.reaches(next.URL)
	}}
	resp, err := client.Do(req)
	if err != nil && redirected {
		err = redirectedError{err}
	}
	if err != nil {
		return model.LinkAnswer{}, err
	}
	defer resp.Body.Close()
	answer := model.LinkAnswer{Status: resp.StatusCode, End: resp.Request.URL.String()}
	begin, err := io.ReadAll(io.LimitReader(resp.Body, linkSniffed))
	if err != nil {
		return answer, err
	}
	answer.Type = resp.Header.Get("Content-Type")
	if found := http.DetectContentType(begin); len(begin) > 0 &&
		(found != "application/octet-stream" || answer.Type == "") {
		answer.Type = found
	}
	if answer.Bytes = model.Known(resp.ContentLength); resp.ContentLength < 0 {
		answer.Bytes = model.Figure{}
		if l.MostKB > 0 && l.MostKB<<10 < linkRead {
			n, err := io.Copy(io.Discard, io.LimitReader(resp.Body, linkRead-linkSniffed))
			if err != nil {
				return answer, err
			}
			answer.Bytes = model.Known(int64(len(begin)) + n)
		}
	}
	return answer, nil
}

// reaches rejects addresses that must not be requested, as far as the name shows it.
func (a linkAsker) reaches(at *url.URL) error {
	switch host := at.Hostname(); {
	case a.Here && !thisHost(host):
		return errOutside
	case !a.Here && model.HiddenHost(host):
		return errInside
	}
	return nil
}

func thisHost(host string) bool { return host == "localhost" || net.ParseIP(host).IsLoopback() }

// transport makes a transport for one address that checks each connection before it is made: a name
// is resolved once, and the result is judged.
func (a linkAsker) transport() *http.Transport {
	var proxied atomic.Bool // then the proxy resolves names, and may well be on this network
	dialer := net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		switch {
		case err != nil:
			return err
		case proxied.Load():
			return nil
		case a.Here && !to.Addr().Unmap().IsLoopback():
			return errOutside
		case !a.Here && !model.PublicAddress(to.Addr()):
			return errInside
		}
		return nil
	}}
	t := &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true,
		TLSClientConfig: &tls.Config{RootCAs: a.Roots, MinVersion: tls.VersionTLS12}, MaxResponseHeaderBytes: 1 << 18}
	if !a.Here {
		t.Proxy = func(r *http.Request) (*url.URL, error) {
			proxy, err := http.ProxyFromEnvironment(r)
			proxied.Store(proxy != nil)
			return proxy, err
		}
	}
	return t
}

// linkFailure says why an address did not answer, or why it was not requested.
func linkFailure(err error, within time.Duration) model.LinkAnswer {
	var failed, unasked model.LinkAnswer
	fails := func(format string, args ...any) model.LinkAnswer {
		failed.Failure = model.Say(format, args...)
		return failed
	}
	because := func(format string, args ...any) model.LinkAnswer {
		unasked.Unasked = model.Say(format, args...)
		return unasked
	}
	_, redirected := errors.AsType[redirectedError](err)
	name, unknownName := errors.AsType[*net.DNSError](err)
	certificate, bad := errors.AsType[*tls.CertificateVerificationError](err)
	timeout, slow := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, errInside) && redirected:
		return fails("it redirects to this host or its own network, which nobody else can reach")
	case errors.Is(err, errInside):
		return because("it is on this host or its own network, which nobody else can reach")
	case errors.Is(err, errOutside):
		return because("the vendor is simulated on this host, and no other is asked")
	case errors.Is(err, errRedirects):
		return fails("it goes through more than %s", model.Counted(linkRedirects, "redirect", "redirects"))
	case unknownName && name.IsNotFound:
		return fails("there is no site %s", model.SanitiseLine(name.Name))
	case errors.Is(err, context.DeadlineExceeded), slow && timeout.Timeout() && !unknownName:
		return fails("it does not answer within %d s", int64(within.Round(time.Second)/time.Second))
	case errors.Is(err, context.Canceled):
		return because("it was stopped")
	case unknownName:
		return because("its name cannot be looked up from this host now")
	case bad:
		return fails("its certificate is not valid: %s", model.SanitiseLine(certificate.Err.Error()))
	}
	words := err.Error()
	if of, ok := errors.AsType[syscall.Errno](err); ok {
		words = of.Error()
	} else if in, ok := errors.AsType[*url.Error](err); ok {
		words = in.Err.Error()
	}
	return fails("nothing answers there: %s", model.SanitiseLine(words))
}

// CheckLinks requests the addresses in a campaign's message. If the vendor of the account runs on
// this host it is simulated, and no other host is contacted.
func CheckLinks(ctx context.Context, c model.Campaign, vendor string, l model.Limits) []model.LinkFinding {
	at, err := url.Parse(vendor)
	return linkAsker{Here: err == nil && thisHost(at.Hostname())}.Ask(ctx, c.Links(l))
}
