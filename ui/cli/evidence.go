package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/evidence"
)

// evidenceCmd writes all that is known of one campaign into one file, and reads such a file.
func (p *program) evidenceCmd() *cobra.Command {
	var phones, read bool
	cmd := &cobra.Command{
		Use: "evidence ID FILE | --read FILE", Short: "Write all that is known of a campaign into one file",
		Args: func(cmd *cobra.Command, args []string) error {
			if read {
				return exactArgs(1)(cmd, args)
			}
			return exactArgs(2)(cmd, args)
		},
		Long: `Writes the plan, the confirmation, the calls with their outcomes, the requests of that time, the status of
each person and who did what into FILE (- writes to standard output): one JSON object a line, in the order of
a reading, the last one with a digest of all before. No secret is in it; phones are hidden as +375*****13
unless --phones is given. --read says what such a file holds and whether it is as it was written.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if read {
				return p.readEvidence(args[0])
			}
			return p.onCampaign(cmd.Context(), args[0], func(d *session, c model.Campaign) error {
				return p.writeEvidence(cmd.Context(), d, c, args[1], phones)
			})
		},
	}
	cmd.Flags().BoolVar(&phones, "phones", false, "write phones and contacts as they are")
	cmd.Flags().BoolVar(&read, "read", false, "say what is in such a FILE, and whether it was changed")
	return cmd
}

// writeEvidence writes the file, or nothing.
func (p *program) writeEvidence(ctx context.Context, d *session, c model.Campaign, path string, phones bool) error {
	made := evidence.Made{By: d.operator, Program: p.Version, At: p.now(), Phones: phones,
		Country: d.config.DefaultCountry, Zone: d.config.Location()}
	if path == "-" {
		return evidence.Write(ctx, d.cache, made, c, p.Out)
	}
	if err := p.mayOpen(path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return usage("%s exists already and was left as it is", path)
	}
	if err != nil {
		return usage("evidence: %w", err)
	}
	err = errors.Join(evidence.Write(ctx, d.cache, made, c, file), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	p.note("%s was written; only you can read it", path)
	if p.json || p.csv {
		return p.readEvidence(path)
	}
	return nil
}

// readEvidence says what is in a file of evidence, and whether it is as it was written.
func (p *program) readEvidence(path string) error {
	if err := p.mayOpen(path); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return usage("evidence: %w", err)
	}
	defer file.Close()
	b, err := evidence.Read(file)
	if err != nil {
		return usage("%s: %w", path, err)
	}
	if p.json || p.csv {
		out := newSink(p, columnsOf(evidence.Facts(), nil), time.UTC)
		if err := errors.Join(out.Row(b), out.End()); err != nil {
			return err
		}
	} else if _, err := io.WriteString(p.Out, b.Words()); err != nil {
		return err
	}
	if !b.Whole() {
		return exitError{exitFailed, fmt.Errorf("%s is not as it was written: something in it was changed or cut off",
			path)}
	}
	return nil
}
