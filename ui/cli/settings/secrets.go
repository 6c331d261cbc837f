package settings

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"viberdeck/model"
)

// secretTimeout limits a command that prints a secret: a password store may ask for a passphrase.
const secretTimeout = 60 * time.Second

// readSecrets fills the values of the account's secrets from the environment, files and commands.
// Errors name the key, never the value.
func (r Reader) readSecrets(ctx context.Context, a *model.Account) error {
	for _, key := range a.Secrets.Keys() {
		s := a.Secrets[key]
		value, err := r.Secret(ctx, s)
		if err != nil {
			return model.Invalid("account "+a.Name+"."+key, "%v", err)
		}
		s.Value = value
		a.Secrets[key] = s
	}
	return nil
}

// Secret returns a secret from the configured source. Errors never contain the value.
func (r Reader) Secret(ctx context.Context, s model.Secret) (string, error) {
	if ways := s.Ways(); ways > 1 {
		return "", model.Errorf("it is given in %d ways; keep one", ways)
	}
	var value string
	switch {
	case s.Env != "":
		if value = r.Env.Get(s.Env); value == "" {
			return "", model.Errorf("the environment variable %s is not set", s.Env)
		}
	case s.File != "":
		var err error
		if value, err = readPrivate(s.File); err != nil {
			return "", err
		}
	case len(s.Cmd) > 0:
		ctx, cancel := context.WithTimeout(ctx, secretTimeout)
		defer cancel()
		cmd := exec.CommandContext(ctx, s.Cmd[0], s.Cmd[1:]...)
		cmd.Stderr = os.Stderr
		cmd.WaitDelay = time.Second // a process started by the command may keep its output open
		out, err := cmd.Output()
		if err != nil {
			return "", model.Errorf("the command %q failed: %w", s.Cmd[0], err)
		}
		line, _, _ := bytes.Cut(out, []byte("\n"))
		value = string(line)
	default:
		return s.Value, nil
	}
	if value = strings.TrimSpace(value); value == "" {
		return "", model.Errorf("it is empty")
	}
	return value, nil
}

// secretBytes is the maximum size of a file with a secret.
const secretBytes = 64 << 10

// readPrivate reads a file with a secret. Anything but a regular file (a pipe, a device) is
// refused: reading it might never end.
func readPrivate(path string) (string, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return "", model.Errorf("%s is not a regular file, and reading it might never end; "+
			"put the secret into a file, or use a command", path)
	}
	if err := private(path); err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", model.Errorf("cannot read it: %w", err)
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, secretBytes+1))
	switch {
	case err != nil:
		return "", model.Errorf("cannot read it: %w", err)
	case len(b) > secretBytes:
		return "", model.Errorf("%s has more than %d bytes, which is not a secret", path, secretBytes)
	}
	return string(b), nil
}

// private refuses a file that others than its owner may read.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return model.Errorf("cannot read it: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return model.Errorf("%s can be read by others (mode %s); run: chmod 600 %s", path,
			fmt.Sprintf("%04o", info.Mode().Perm()), path)
	}
	return nil
}
