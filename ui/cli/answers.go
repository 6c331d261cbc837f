package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// answersCmd lists the answers that are prepared for everybody, and changes those written in the
// program.
func (p *program) answersCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "answers", Short: "List the prepared answers, and change those written in the program",
		Args: noArgs,
		Long: `Lists the answers that are prepared for everybody: those of the configuration ([[answer]], where by is
null) and those written in the program. One written in the program stands for one of the configuration that has
the same name. used counts the answers that were made from it.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer d.close()
			book, err := d.cache.Answerbook(cmd.Context(), 0)
			if err != nil {
				return err
			}
			out := newSink(p, []column[model.PreparedAnswer]{
				{"name", func(a model.PreparedAnswer) any { return a.Name }, 24},
				{"text", func(a model.PreparedAnswer) any { return a.Text }, 48},
				{"language", func(a model.PreparedAnswer) any { return text(a.Language) }, 8},
				{"labels", func(a model.PreparedAnswer) any { return append([]string{}, a.Labels...) }, 16},
				{"used", func(a model.PreparedAnswer) any { return book.Uses[model.Fold(a.Name)].All }, 6},
				{"by", func(a model.PreparedAnswer) any { return text(a.By) }, 10},
				{"at", func(a model.PreparedAnswer) any { return a.At }, 16},
			}, d.config.Location())
			for _, a := range book.All(d.config.Answers) {
				if err := out.Row(a); err != nil {
					return err
				}
			}
			return out.End()
		},
	}
	var a model.PreparedAnswer
	add := &cobra.Command{
		Use: "add NAME --text TEXT", Short: "Write a prepared answer, or change the one of that name",
		Args: exactArgs(1),
		Long: `Keeps an answer that everybody can use, in place of one of the same name. {{name}}, {{campaign}} and
{{operator}} are filled in when it is used, as are the other columns of the person; {{name|friend}} has a fallback.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.Name = strings.TrimSpace(args[0])
			var wrong []error
			for _, err := range a.Validate() {
				wrong = append(wrong, err)
			}
			if err := errors.Join(wrong...); err != nil {
				return exitError{exitUsage, err}
			}
			return p.onAnswers(cmd.Context(), func(d *session) error {
				return d.cache.SavePrepared(cmd.Context(), d.operator, a)
			})
		},
	}
	add.Flags().StringVar(&a.Text, "text", "", "what to answer")
	add.Flags().StringVar(&a.Language, "language", "", "its language in two letters, such as en")
	add.Flags().StringArrayVar(&a.Labels, "label", nil, "a `LABEL` of replies it is meant for, repeatable")
	remove := &cobra.Command{
		Use: "remove NAME", Short: "Delete a prepared answer that was written in the program", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.onAnswers(cmd.Context(), func(d *session) error {
				return d.cache.DeletePrepared(cmd.Context(), d.operator, args[0])
			})
		},
	}
	cmd.AddCommand(add, remove)
	return cmd
}

func (p *program) onAnswers(ctx context.Context, change func(d *session) error) error {
	d, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	defer d.close()
	if err := change(d); err != nil {
		return err
	}
	p.note("1 changed")
	return nil
}

// preparedText gives a prepared answer filled in for a reply.
func (d *session) preparedText(ctx context.Context, reply model.Reply, name string) (string, error) {
	book, err := d.cache.Answerbook(ctx, reply.ID)
	if err != nil {
		return "", err
	}
	a, ok := model.FindPrepared(book.All(d.config.Answers), name)
	if !ok {
		return "", usage("--prepared: there is no prepared answer %q; viberdeck answers lists those there are", name)
	}
	text, err := a.Fill(book.Values(reply, d.operator))
	if err != nil {
		return "", exitError{exitUsage, err}
	}
	return text, nil
}
