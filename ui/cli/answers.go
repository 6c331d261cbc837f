package cli

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// answersCmd lists the prepared answers that everyone shares, and changes those written in the
// program.
func (p *program) answersCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "answers", Short: "List the prepared answers, and change those written in the program",
		Args: noArgs,
		Long: `Lists the answers that are prepared for everybody: those of the configuration ([[answer]], where by is
null) and those written in the program. One written in the program stands for one of the configuration that has
the same name. used counts the answers that were made from it.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error {
			book, err := d.cache.Answerbook(ctx, 0)
			if err != nil {
				return err
			}
			return printRows(p, []column[model.PreparedAnswer]{
				{"name", func(a model.PreparedAnswer) any { return a.Name }, 24},
				{"text", func(a model.PreparedAnswer) any { return a.Text }, 48},
				{"language", func(a model.PreparedAnswer) any { return text(a.Language) }, 8},
				{"labels", func(a model.PreparedAnswer) any { return append([]string{}, a.Labels...) }, 16},
				{"used", func(a model.PreparedAnswer) any { return book.Uses[model.Fold(a.Name)].All }, 6},
				{"by", func(a model.PreparedAnswer) any { return text(a.By) }, 10},
				{"at", func(a model.PreparedAnswer) any { return a.At }, 16},
			}, d.config.Location(), book.All(d.config.Answers)...)
		}),
	}
	var a model.PreparedAnswer
	add := &cobra.Command{
		Use: "add NAME --text TEXT", Short: "Write a prepared answer, or change the one of that name",
		Args: exactArgs(1),
		Long: `Keeps an answer that everybody can use, in place of one of the same name. {{name}}, {{campaign}} and
{{operator}} are filled in when it is used, as are the other columns of the person; {{name|friend}} has a fallback.`,
		RunE: p.onCache(func(ctx context.Context, d *session, args []string) error {
			a.Name = strings.TrimSpace(args[0])
			var wrong []error
			for _, err := range a.Validate() {
				wrong = append(wrong, err)
			}
			if err := errors.Join(wrong...); err != nil {
				return exitError{exitUsage, err}
			}
			return p.changed(d.cache.SavePrepared(ctx, d.operator, a))
		}),
	}
	add.Flags().StringVar(&a.Text, "text", "", "the `TEXT` of the answer")
	add.Flags().StringVar(&a.Language, "language", "", "its language (`CODE`), such as en")
	add.Flags().StringArrayVar(&a.Labels, "label", nil, "a `LABEL` of replies it is meant for, repeatable")
	remove := &cobra.Command{
		Use: "remove NAME", Short: "Delete a prepared answer that was written in the program", Args: exactArgs(1),
		RunE: p.onCache(func(ctx context.Context, d *session, args []string) error {
			return p.changed(d.cache.DeletePrepared(ctx, d.operator, args[0]))
		}),
	}
	cmd.AddCommand(add, remove)
	return cmd
}

// changed ends a command that changes one thing.
func (p *program) changed(err error) error {
	if err == nil {
		p.note("1 changed")
	}
	return err
}

// preparedText returns a prepared answer, filled in for a reply.
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

// answerCmd sends one paid message to the person who wrote, with the same checks as a campaign.
func (p *program) answerCmd() *cobra.Command {
	var f sendFlags
	var words, sender, through, prepared string
	var sms bool
	cmd := &cobra.Command{
		Use:   "answer ID --text TEXT|--prepared NAME",
		Short: "Answer a reply with a paid message to that person",
		Args:  exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := p.openNetwork(cmd.Context())
			if err != nil {
				return err
			}
			defer d.close()
			reply, err := d.cache.FindReply(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if f.answering, err = answering(reply, d.operator, f.again); err != nil {
				return err
			}
			account, err := p.sendAccount(d.config, cmp.Or(through, reply.Account))
			if err != nil {
				return err
			}
			if prepared != "" {
				if words != "" {
					return usage("--text excludes --prepared")
				}
				if words, err = d.preparedText(cmd.Context(), reply, prepared); err != nil {
					return err
				}
				f.answering.Prepared = prepared
			}
			if sender == "" {
				if sender, err = answerSender(cmd.Context(), d, reply.ID, account.Name); err != nil {
					return err
				}
			}
			caps, _ := p.Vendors.Capabilities(account.Vendor)
			campaign, err := model.AnswerFile(reply.ID, caps, words, sender, sms).Campaign(account, p.now())
			if err != nil {
				return err
			}
			audience := model.Audience{Total: 1, People: model.PeopleOf(model.Recipient{Phone: reply.Phone})}
			return p.send(cmd.Context(), d, campaign, audience, f)
		},
	}
	f.add(cmd)
	cmd.Flags().Lookup("again").Usage = "answer although somebody has answered, a colleague has the reply, or this " +
		"person got the same message lately"
	cmd.Flags().StringVar(&words, "text", "", "the `TEXT` of the answer")
	cmd.Flags().StringVar(&prepared, "prepared", "", "a prepared answer instead of --text: its `NAME`")
	cmd.Flags().StringVar(&sender, "sender", "",
		"the sender, by its id or `NAME`; absent: the one that the person knows")
	cmd.Flags().BoolVar(&sms, "sms", false, "an SMS of the same text where the message is not delivered")
	cmd.Flags().StringVar(&through, "through", "", "another account (`NAME`) than the one the reply came by")
	return cmd
}

// answerSender returns the sender for an answer that specifies none.
func answerSender(ctx context.Context, d *session, id model.ReplyID, account string) (string, error) {
	thread, err := d.cache.Thread(ctx, id)
	if err != nil {
		return "", err
	}
	known, err := d.cache.KnownSenders(ctx, account)
	if err != nil {
		return "", err
	}
	_, sender := model.AnswerSenders(known, thread.Sent, account)
	return sender, nil
}

// answering returns what the author of an answer knows about the reply. Without again, a reply that
// has been answered or that a colleague has claimed is refused with the colleague's name.
func answering(r model.Reply, operator string, again bool) (*model.Answering, error) {
	a := model.Answering{Reply: r.ID}
	if again {
		a.Last, a.ClaimedBy = r.LastAnswer, r.ClaimedBy
		return &a, nil
	}
	switch {
	case r.AnsweredBy != "":
		return nil, usage("%s has answered %s already; read it, and pass --again to answer once more", r.AnsweredBy,
			r.ID)
	case r.ClaimedBy != "" && r.ClaimedBy != operator:
		return nil, usage("%s has %s; ask %[1]s, or pass --again to answer all the same", r.ClaimedBy, r.ID)
	}
	return &a, nil
}
