package host

import (
	"context"

	"viberdeck/vendors/callbacks"
)

// CallbackPath is the path, with its secret, at which the account's vendor may call this host back.
func (h *Host) CallbackPath(ctx context.Context, account string) (string, error) {
	key, err := h.o.Store.CallbackKey(ctx)
	if err != nil {
		return "", err
	}
	return callbacks.Path(account, callbacks.Secret(key, account)), nil
}

// receive takes callbacks until the context ends.
func (h *Host) receive(ctx context.Context) error {
	receiver, err := h.receiver(ctx)
	if err != nil {
		return err
	}
	listener, err := callbacks.Listen(ctx, h.o.Config.Callbacks.Listen)
	if err != nil {
		return err
	}
	return receiver.Serve(ctx, listener)
}

// drain takes the news of callbacks that an earlier process stored.
func (h *Host) drain(ctx context.Context) error {
	if h.o.Config.Callbacks.Listen == "" {
		return nil
	}
	receiver, err := h.receiver(ctx)
	if err != nil {
		return err
	}
	return receiver.Drain(ctx)
}

// receiver takes the vendors' callbacks into the cache.
func (h *Host) receiver(ctx context.Context) (*callbacks.Receiver, error) {
	key, err := h.o.Store.CallbackKey(ctx)
	if err != nil {
		return nil, err
	}
	o := callbacks.Options{Store: h.o.Store, Log: h.requests.Add, Logger: h.logger, OptOutWords: h.o.Config.OptOutWords}
	for _, a := range h.o.Config.Accounts {
		decode := callbacks.DecodeUnknown(a.Location())
		if row, ok := h.o.Vendors.Find(a.Vendor); ok && row.Decode != nil {
			decode = row.Decode
		}
		o.Accounts = append(o.Accounts, callbacks.Account{
			Name: a.Name, Vendor: a.Vendor, Secret: callbacks.Secret(key, a.Name), Decode: decode,
			Hidden: a.SecretValues()})
	}
	return callbacks.New(o)
}
