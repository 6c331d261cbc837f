package cli

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

func (p *program) replyCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "reply", Short: "Triage replies: done, open, snooze, label, note, answer"}
	var until string
	snooze := &cobra.Command{
		Use: "snooze ID...", Short: "Put replies aside until a time", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) error {
				at, err := model.ParseTime(until, p.now(), d.config.Location())
				if err != nil {
					return usage("--until: %s", err)
				}
				return d.cache.SetReplyState(cmd.Context(), d.operator, idsOf(replies), model.ReplySnoozed, at)
			})
		},
	}
	snooze.Flags().StringVar(&until, "until", "1h",
		"when they come back: 90m, 24h, tomorrow 9:00, 2026-12-01T09:00 or 2026-12-01 09:00 Europe/Athens")
	var again bool
	done := &cobra.Command{
		Use: "done ID...", Short: "Mark replies as dealt with; the vendor is told by the engine",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) error {
				if err := colleagues(replies, d.operator, again); err != nil {
					return err
				}
				return d.cache.SetReplyState(cmd.Context(), d.operator, idsOf(replies), model.ReplyDone, time.Time{})
			})
		},
	}
	done.Flags().BoolVar(&again, "again", false, "finish them although a colleague has them")
	cmd.AddCommand(
		done,
		&cobra.Command{
			Use: "open ID...", Short: "Open replies again", Args: cobra.MinimumNArgs(1),
			RunE: func(cmd *cobra.Command, ids []string) error {
				return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) error {
					return d.cache.SetReplyState(cmd.Context(), d.operator, idsOf(replies), model.ReplyOpen,
						time.Time{})
				})
			},
		},
		snooze, p.labelCmd(), p.noteCmd(), p.answerCmd())
	return cmd
}

func (p *program) labelCmd() *cobra.Command {
	var labels []string
	var remove bool
	cmd := &cobra.Command{
		Use: "label ID... --label LABEL", Short: "Put a label on replies, or take it off", Args: cobra.MinimumNArgs(1),
		Long: "Puts a label on replies, or takes it off. Without --label the first argument is the label: label " +
			"LABEL ID...",
		RunE: func(cmd *cobra.Command, ids []string) error {
			if len(labels) == 0 {
				if len(ids) < 2 {
					return usage("label: name the label: --label LABEL")
				}
				labels, ids = ids[:1], ids[1:]
			}
			for i, name := range labels {
				var err error
				if labels[i], err = model.Label(name); err != nil {
					return usage("%s", err)
				}
			}
			return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) error {
				for _, name := range labels {
					if err := d.cache.Label(cmd.Context(), d.operator, idsOf(replies), name, !remove); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().StringArrayVar(&labels, "label", nil, "the `LABEL`, repeatable")
	cmd.Flags().BoolVar(&remove, "remove", false, "take the label off")
	return cmd
}

func (p *program) noteCmd() *cobra.Command {
	var words string
	cmd := &cobra.Command{
		Use: "note ID... --text TEXT", Short: "Write a note beside replies; it never leaves this host",
		Args: cobra.MinimumNArgs(1),
		Long: "Writes a note beside replies; it never leaves this host. Without --text it is the second of two " +
			"arguments: note ID TEXT",
		RunE: func(cmd *cobra.Command, ids []string) error {
			if words == "" && len(ids) == 2 {
				ids, words = ids[:1], ids[1]
			}
			if strings.TrimSpace(words) == "" {
				return usage("note: the text is missing: --text TEXT")
			}
			return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) error {
				for _, r := range replies {
					if err := d.cache.AddNote(cmd.Context(), d.operator, r.ID, words); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&words, "text", "", "the note")
	return cmd
}

// onReplies finds all replies before it changes any.
func (p *program) onReplies(ctx context.Context, refs []string,
	change func(d *session, replies []model.Reply) error) error {
	d, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	defer d.close()
	replies := make([]model.Reply, len(refs))
	for i, ref := range refs {
		if replies[i], err = d.cache.FindReply(ctx, ref); err != nil {
			return err
		}
	}
	if err := change(d, replies); err != nil {
		return err
	}
	p.note("%d changed", len(replies))
	return nil
}

func idsOf(replies []model.Reply) []model.ReplyID {
	ids := make([]model.ReplyID, len(replies))
	for i, r := range replies {
		ids[i] = r.ID
	}
	return ids
}

// answerCmd sends one paid message to the person who wrote, with the same checks as a campaign.
func (p *program) answerCmd() *cobra.Command {
	var f sendFlags
	var words, sender, through, prepared string
	var sms bool
	cmd := &cobra.Command{
		Use:   "answer ID --text TEXT|--prepared NAME --sender SENDER",
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
	cmd.Flags().StringVar(&sender, "sender", "", "the sender: its id or name")
	cmd.Flags().BoolVar(&sms, "sms", false, "an SMS of the same text where the message is not delivered")
	cmd.Flags().StringVar(&through, "through", "", "another account than the one the reply came by")
	return cmd
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

// colleagues refuses to change replies that a colleague has, unless it was asked for again.
func colleagues(replies []model.Reply, operator string, again bool) error {
	for _, r := range replies {
		if r.ClaimedBy != "" && r.ClaimedBy != operator && !again {
			return usage("%s has %s; ask %[1]s, or pass --again; nothing was changed", r.ClaimedBy, r.ID)
		}
	}
	return nil
}
