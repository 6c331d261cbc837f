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
	cmd.AddCommand(p.replyStateCmd("done", "Mark replies done; the engine marks them read at the vendor",
		model.ReplyDone),
		p.replyStateCmd("open", "Open replies again", model.ReplyOpen),
		p.replyStateCmd("snooze", "Snooze replies until a time", model.ReplySnoozed),
		p.labelCmd(), p.noteCmd(), p.answerCmd())
	return cmd
}

// replyStateCmd puts replies into a state; one that a colleague has claimed only with --again.
func (p *program) replyStateCmd(name, short string, state model.ReplyState) *cobra.Command {
	var until string
	var again bool
	cmd := &cobra.Command{
		Use: name + " ID...", Short: short, Args: someArgs,
		RunE: func(cmd *cobra.Command, ids []string) error {
			return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) (int, error) {
				if !again {
					if err := unclaimed(replies, d.operator); err != nil {
						return 0, err
					}
				}
				var at time.Time
				if state == model.ReplySnoozed {
					var err error
					if at, err = model.ParseTime(until, p.now(), d.config.Location()); err != nil {
						return 0, usage("--until: %s", err)
					}
				}
				for _, r := range replies {
					if r.State == model.ReplyDone && state == model.ReplyDone {
						p.note("%s: done already, by %s", r.ID, cmp.Or(r.DoneBy, "—"))
					}
				}
				return d.cache.SetReplyState(cmd.Context(), d.operator, idsOf(replies), state, at)
			})
		},
	}
	cmd.Flags().BoolVar(&again, "again", false, "also those that a colleague has")
	if state == model.ReplySnoozed {
		cmd.Flags().StringVar(&until, "until", "1h",
			"when they come back (`TIME`): 90m, 24h, tomorrow 9:00, 2026-12-01T09:00 or 2026-12-01 09:00 Europe/Athens")
	}
	return cmd
}

func (p *program) labelCmd() *cobra.Command {
	var labels []string
	var remove bool
	cmd := &cobra.Command{
		Use: "label ID... --label LABEL", Short: "Put a label on replies, or take it off", Args: someArgs,
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
			return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) (int, error) {
				for _, name := range labels {
					if err := d.cache.Label(cmd.Context(), d.operator, idsOf(replies), name,
						model.Switch(!remove)); err != nil {
						return 0, err
					}
				}
				return len(replies), nil
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
		Args: someArgs,
		Long: "Writes a note beside replies; it never leaves this host. Without --text it is the second of two " +
			"arguments: note ID TEXT",
		RunE: func(cmd *cobra.Command, ids []string) error {
			if words == "" && len(ids) == 2 {
				ids, words = ids[:1], ids[1]
			}
			if strings.TrimSpace(words) == "" {
				return usage("note: the text is missing: --text TEXT")
			}
			return p.onReplies(cmd.Context(), ids, func(d *session, replies []model.Reply) (int, error) {
				for _, r := range replies {
					if err := d.cache.AddNote(cmd.Context(), d.operator, r.ID, words); err != nil {
						return 0, err
					}
				}
				return len(replies), nil
			})
		},
	}
	cmd.Flags().StringVar(&words, "text", "", "the `TEXT` of the note")
	return cmd
}

// onReplies finds all replies before it changes any, and says how many changed.
func (p *program) onReplies(ctx context.Context, refs []string,
	change func(d *session, replies []model.Reply) (int, error)) error {
	d, err := p.openCache(ctx)
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
	changed, err := change(d, replies)
	if err != nil {
		return err
	}
	p.note("%d changed", changed)
	return nil
}

func idsOf(replies []model.Reply) []model.ReplyID {
	ids := make([]model.ReplyID, len(replies))
	for i, r := range replies {
		ids[i] = r.ID
	}
	return ids
}

// unclaimed refuses to change replies that a colleague has claimed.
func unclaimed(replies []model.Reply, operator string) error {
	for _, r := range replies {
		if r.ClaimedBy != "" && r.ClaimedBy != operator {
			return usage("%s has %s; ask %[1]s, or pass --again; nothing was changed", r.ClaimedBy, r.ID)
		}
	}
	return nil
}
