// Package callbacks receives what vendors post to this host: the progress of messages, and replies.
// It stores a callback as received, answers, and only then reads it: vendors give up on a slow
// receiver (Wooxy after 1.5 s), and repeat callbacks that were not accepted.
//
// Each account has its own address, /callbacks/<account>/<secret>. The vendors document no
// signature, so anyone who knows the address is trusted; a callback can affect only the people and
// replies of the account it is addressed to.
package callbacks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Event is the content of a callback once it has been read.
type Event = model.CallbackEvent

// Decoder reads the body of a callback.
type Decoder = vendors.Decoder

// Account is one account that may receive callbacks.
type Account struct {
	Name   string
	Vendor model.Vendor
	Secret string // the last part of its address, see Secret
	Decode Decoder
	// Hidden are the credentials of the account. If a vendor repeats them in a callback they are
	// not stored in the cache.
	Hidden []string
}

// Store is what the receiver needs from the cache. Every method that writes is one durable
// transaction.
type Store interface {
	// StoreCallbacks stores callbacks as received. It reports for each whether the same body
	// arrived for the same account within the last 24 hours; such a repetition is not stored again.
	StoreCallbacks(ctx context.Context, arrived []model.Callback) (repeated []bool, err error)
	// NextCallbacks returns callbacks that have not been applied yet, in order of arrival.
	NextCallbacks(ctx context.Context, limit int) ([]model.Callback, error)
	// ApplyCallback applies the news of a stored callback and closes it. Repeating it changes
	// nothing.
	ApplyCallback(ctx context.Context, c model.Callback, e model.CallbackEvent, now time.Time) (model.CallbackResult,
		error)
	// KeepCallback sets aside a callback that cannot be applied; the note says why.
	KeepCallback(ctx context.Context, id int64, note string) error
	// ForgetCallbacks drops callbacks that have served their purpose.
	ForgetCallbacks(ctx context.Context, now time.Time) error
}

// Options configure a receiver. Zero values mean the defaults.
type Options struct {
	Accounts []Account
	Store    Store
	// Log receives a line for each callback that was rejected or not understood; it must not block.
	// May be nil.
	Log func(model.LogEntry)
	// Logger receives details for troubleshooting. May be nil.
	Logger *slog.Logger
	// MaxBody is the maximum size of a body in bytes; 0: 256 KiB.
	MaxBody int64
	// PerSecond and Burst limit the callbacks of each account; 0: 200 a second, 400 in a burst.
	PerSecond float64
	Burst     int
	// Patience is how long the store may take before the vendor is asked to repeat; 0: 700 ms.
	Patience time.Duration
}

const (
	defaultBody     = 256 << 10
	defaultRate     = 200
	defaultBurst    = 400
	defaultPatience = 700 * time.Millisecond
	// logRate and logBurst limit the log lines of one account, so that a flood does not push
	// everything else out of the log.
	logRate  = 0.2
	logBurst = 20
)

// Receiver accepts callbacks. New creates it, and Serve runs it.
type Receiver struct {
	o        Options
	accounts map[string]*account
	nobody   *account // used for an account that does not exist, so that both cases take the same time
	arrived  chan *letter
	stored   chan struct{} // signals that something is waiting to be read
	reading  sync.Mutex    // one reader at a time keeps the order
}

// gate lets requests in until it is closed, and knows when the last one has finished.
type gate struct {
	sync.RWMutex
	closed bool
}

func (g *gate) pass(f func()) (open bool) {
	g.RLock()
	defer g.RUnlock()
	if !g.closed {
		f()
	}
	return !g.closed
}

func (g *gate) close() {
	g.Lock()
	defer g.Unlock()
	g.closed = true
}

type account struct {
	Account
	digest [sha256.Size]byte // of the secret
	rate   *rate.Limiter
	lines  *rate.Limiter
	redact *vendors.Redactor
}

// New makes a receiver for the accounts. It does nothing until Serve or Drain is called.
func New(o Options) (*Receiver, error) {
	if o.Store == nil {
		return nil, model.Errorf("callbacks need a store")
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Log == nil {
		o.Log = func(model.LogEntry) {}
	}
	if o.MaxBody <= 0 {
		o.MaxBody = defaultBody
	}
	if o.PerSecond <= 0 {
		o.PerSecond = defaultRate
	}
	if o.Burst <= 0 {
		o.Burst = defaultBurst
	}
	if o.Patience <= 0 {
		o.Patience = defaultPatience
	}
	r := &Receiver{o: o, accounts: map[string]*account{}, nobody: &account{}, arrived: make(chan *letter, o.Burst),
		stored: make(chan struct{}, 1)}
	for _, a := range o.Accounts {
		field := "account " + a.Name
		switch {
		case a.Name == "" || a.Secret == "":
			return nil, model.Invalid(field, "a callback address needs the account's name and a secret")
		case a.Decode == nil:
			return nil, model.Invalid(field, "nothing can read the callbacks of %s", a.Vendor)
		case r.accounts[a.Name] != nil:
			return nil, model.Invalid(field, "the name is used twice")
		}
		r.accounts[a.Name] = &account{Account: a, digest: sha256.Sum256([]byte(a.Secret)),
			rate:   rate.NewLimiter(rate.Limit(o.PerSecond), o.Burst),
			lines:  rate.NewLimiter(logRate, logBurst),
			redact: vendors.NewRedactor(append([]string{a.Secret}, a.Hidden...)...)}
	}
	return r, nil
}

// Secret derives the secret part of an account's address from the key of this installation: the
// HMAC-SHA256 of the account's name, in hex.
func Secret(key []byte, account string) string {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte(account)) // writing to a hash cannot fail
	return hex.EncodeToString(mac.Sum(nil))
}

const root = "/callbacks/"

// Path is the path of an account's callback address. The operator prepends the public https://
// address of the host.
func Path(account, secret string) string {
	return root + url.PathEscape(account) + "/" + url.PathEscape(secret)
}

// Listen opens the address of callbacks.listen for Serve.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &model.Error{Kind: model.KindInvalid, Field: "callbacks.listen", Fate: model.FateNotSent, Err: err,
			Text: model.Say("callbacks cannot be received at %s; end the program that uses the address, or choose "+
				"another", address)}
	}
	return l, nil
}

const (
	// closeWithin is how long connections have at shutdown before they are cut.
	closeWithin = time.Second
	readWithin  = 5 * time.Second
	idleWithin  = time.Minute
	headerBytes = 16 << 10
)

// Serve receives callbacks on the listener, which it closes, until ctx ends, and applies their
// news, beginning with callbacks stored by an earlier process. Only the process that runs the
// engine may call it. When it returns, every callback that was answered with 200 is stored and all
// goroutines have ended. The end of ctx is not an error.
func (r *Receiver) Serve(ctx context.Context, l net.Listener) error {
	inner, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var workers sync.WaitGroup
	workers.Go(func() { r.clerk(inner) })
	workers.Go(func() { r.read(inner) })
	var open gate
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			if !open.pass(func() { r.receive(w, req) }) {
				http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
			}
		}),
		ReadHeaderTimeout: readWithin, ReadTimeout: readWithin, WriteTimeout: 2 * readWithin, IdleTimeout: idleWithin,
		MaxHeaderBytes: headerBytes,
		ErrorLog:       slog.NewLogLogger(r.o.Logger.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	var err error
	select {
	case err = <-served:
	case <-ctx.Done():
		closing, cancel := context.WithTimeout(inner, closeWithin)
		_ = server.Shutdown(closing) // connections that are still busy are cut below: their vendors repeat
		cancel()
		if err = <-served; errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
	}
	closed := server.Close()
	open.close()
	stop()
	workers.Wait()
	return errors.Join(err, closed)
}
