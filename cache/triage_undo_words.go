package cache

import (
	"viberdeck/model"
)

// words describes what was undone and what was not.
func (u *undoing) words(action string) (model.Text, error) {
	what := u.taken()
	but := u.kept()
	if len(what) == 0 {
		return model.Text{}, conflict("%q cannot be undone: %s", undoneWord(action), model.ListedBy("; ", but))
	}
	all := append([]model.Text{model.Say("%s", model.Listed(what))}, but...)
	return model.Say("took back %q: %s", undoneWord(action), model.ListedBy("; ", all)), nil
}

// undoneWord returns the name of a step as stored in the undo log: a fixed word, or a sentence with
// a label in it.
func undoneWord(action string) any {
	if text := model.StoredText(action); text.IsSentence() {
		return text
	}
	return model.Word{Context: "step", Text: action}
}

func (u *undoing) taken() []model.Count {
	var what []model.Count
	for _, c := range []model.Count{model.Counted(len(u.replies), "reply", "replies"),
		model.Counted(u.phones, "phone", "phones"),
		model.Counted(u.notes, "note", "notes"), model.Counted(u.put, "campaign", "campaigns"),
		model.Counted(u.answers, "answer, whose text waits where you wrote it", "answers")} {
		if c.N > 0 {
			what = append(what, c)
		}
	}
	return what
}

func (u *undoing) kept() []model.Text {
	var but []model.Text
	add := func(n int, one, many model.Text) {
		if n == 1 {
			but = append(but, one)
		} else if n > 1 {
			but = append(but, many)
		}
	}
	reached := 0
	for _, yes := range u.reached {
		if yes {
			reached++
		}
	}
	add(reached, model.Say(
		"a vendor knows of the block already, so it stays: take the phone off the blacklist instead"),
		model.Say("vendors know of %d blocks already, so these stay: take the phones off the blacklist instead",
			reached))
	add(u.told, model.Say("the vendor keeps the reply as read"),
		model.Say("the vendor keeps %d of them as read", u.told))
	add(u.others, model.Say("a colleague has changed one of them since, and it stays"),
		model.Say("colleagues have changed %d of them since, and these stay", u.others))
	add(u.left, model.Say("the answer has left and cannot be recalled"),
		model.Say("%d answers have left and cannot be recalled", u.left))
	return but
}
