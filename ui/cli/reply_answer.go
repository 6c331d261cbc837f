package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

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
			d, err := p.open(cmd.Context(), true)
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
			caps, _ := p.capabilities(account.Vendor)
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
	cmd.Flags().StringVar(&words, "text", "", "what to write")
	cmd.Flags().StringVar(&prepared, "prepared", "", "a prepared answer instead of --text: its `NAME`")
	cmd.Flags().StringVar(&sender, "sender", "", "the sender: its id or name; without it the one that the person knows")
	cmd.Flags().BoolVar(&sms, "sms", false, "an SMS of the same text where the message is not delivered")
	cmd.Flags().StringVar(&through, "through", "", "another account than the one the reply came by")
	return cmd
}

// answerSender gives the sender that signs an answer which names none.
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

// answering says what the author of an answer knows of the reply. Without again, a reply that
// somebody has answered or a colleague has is refused with the colleague's name.
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
