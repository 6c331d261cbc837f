package host

import (
	"context"
	"fmt"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/callbacks"
)

// CallbackPath is the path, with its secret, at which the account's vendor may call this host back.
func (h *Host) CallbackPath(ctx context.Context, account string) (string, error) {
	secret, err := h.callbackSecret(ctx, account)
	return callbacks.Path(account, secret), err
}

// callbackURL is the address at which the account's vendor may call this host back, "" where the
// configuration has no public address.
func (h *Host) callbackURL(ctx context.Context, account string) (string, error) {
	public := strings.TrimRight(h.o.Config.Callbacks.PublicURL, "/")
	if public == "" {
		return "", nil
	}
	path, err := h.CallbackPath(ctx, account)
	return public + path, err
}

// callbackSecret returns the secret part of an account's callback address.
func (h *Host) callbackSecret(ctx context.Context, account string) (string, error) {
	key, err := h.o.Store.CallbackKey(ctx)
	if err != nil {
		return "", err
	}
	renewed, err := h.o.Store.CallbackRenewals(ctx, account)
	if err != nil {
		return "", err
	}
	if renewed > 0 {
		account = fmt.Sprintf("%s\x00%d", account, renewed)
	}
	return callbacks.Secret(key, account), nil
}

const (
	// receiveAgain is the wait before another attempt to listen on the callback address.
	receiveAgain = 5 * time.Second
	// secretsEvery is how often to check whether an address was changed.
	secretsEvery = 5 * time.Second
)

// receive accepts callbacks until the context ends. An address that cannot be used costs only the
// callbacks: an alarm says so, and it is tried again. The log records once that it cannot be used
// and once that it works again.
func (h *Host) receive(ctx context.Context) error {
	const matter = "callbacks"
	text := ""
	for {
		err := h.receiveOnce(ctx, func() {
			_ = h.o.Store.SetAlarm(ctx, matter, model.Text{}, time.Now())
			if text != "" {
				h.logger.Info("callbacks are received again", "address", h.o.Config.Callbacks.Listen)
			}
			text = ""
		})
		if ctx.Err() != nil {
			_ = h.o.Store.SetAlarm(context.WithoutCancel(ctx), matter, model.Text{}, time.Now())
			return nil //nolint:nilerr // asked to end, which is no failure
		}
		if err == nil {
			continue // an address was changed
		}
		_ = h.o.Store.SetAlarm(ctx, matter, model.TextOf(err), time.Now())
		if err.Error() != text {
			h.logger.Warn("callbacks are lost", "error", err)
		}
		text = err.Error()
		_ = model.Pause(ctx, receiveAgain)
	}
}

// receiveOnce accepts callbacks until the context ends or the address of an account is changed.
func (h *Host) receiveOnce(ctx context.Context, works func()) error {
	receiver, secrets, err := h.receiver(ctx)
	if err != nil {
		return err
	}
	listener, err := callbacks.Listen(ctx, h.o.Config.Callbacks.Listen)
	if err != nil {
		return err
	}
	works()
	serving, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer stop()
		for tick := time.NewTicker(secretsEvery); ; {
			select {
			case <-serving.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
			if h.changed(serving, secrets) {
				tick.Stop()
				return
			}
		}
	}()
	return receiver.Serve(serving, listener)
}

// changed reports whether the address of an account has changed.
func (h *Host) changed(ctx context.Context, secrets map[string]string) bool {
	for account, was := range secrets {
		if now, err := h.callbackSecret(ctx, account); err == nil && now != was {
			return true
		}
	}
	return false
}

// drain applies callbacks that an earlier process stored.
func (h *Host) drain(ctx context.Context) error {
	if h.o.Config.Callbacks.Listen == "" {
		return nil
	}
	receiver, _, err := h.receiver(ctx)
	if err != nil {
		return err
	}
	return receiver.Drain(ctx)
}

// receiver makes the receiver that stores the vendors' callbacks in the cache. It also returns the
// secret of each address.
func (h *Host) receiver(ctx context.Context) (*callbacks.Receiver, map[string]string, error) {
	secrets := map[string]string{}
	o := callbacks.Options{Store: h.o.Store, Log: h.requests.Add, Logger: h.logger}
	for _, a := range h.o.Config.Accounts {
		secret, err := h.callbackSecret(ctx, a.Name)
		if err != nil {
			return nil, nil, err
		}
		secrets[a.Name] = secret
		o.Accounts = append(o.Accounts, callbacks.Account{
			Name: a.Name, Vendor: a.Vendor, Secret: secret, Decode: h.o.Vendors.Decoder(a),
			Hidden: a.SecretValues()})
	}
	r, err := callbacks.New(o)
	return r, secrets, err
}
