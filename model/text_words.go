package model

// The program's own words for sentences, each with the context in which a screen looks it up.

// Word returns the state as a word for a sentence.
func (s CampaignState) Word() Word { return Word{"state", string(s)} }

// Word returns the status as a word of a sentence.
func (s DeliveryStatus) Word() Word { return Word{"status", s.String()} }

// Word returns the kind as a word of a sentence.
func (k MessageKind) Word() Word { return Word{"kind", string(k)} }

// Word returns the class as a word of a sentence.
func (c Class) Word() Word { return Word{"class", string(c)} }

// Word returns the state as a word of a sentence.
func (s SenderState) Word() Word { return Word{"sender state", string(s)} }

// Word returns the state as a word of a sentence.
func (s BatchState) Word() Word { return Word{"batch", string(s)} }

// Word returns the decision as a word of a sentence.
func (r Resolution) Word() Word { return Word{"resolution", string(r)} }

// Word returns the state as a word of a sentence.
func (s ReplyState) Word() Word { return Word{"reply", string(s)} }

// Word returns the source as a word of a sentence.
func (s BlacklistSource) Word() Word { return Word{"source", string(s)} }

// Word returns the field of a filter as a word of a sentence.
func (f Field) Word() Word { return Word{"filter field", string(f)} }

// WrittenFields lists fields of the filter language as they are written in a filter.
func WrittenFields(fields []Field) Series {
	all := make([]Text, len(fields))
	for i, f := range fields {
		all[i] = Say("%s:", f)
	}
	return ListedBy(" ", all)
}

// FilterValues lists words that a field of the filter language takes.
func FilterValues(field Field, words []string) Series {
	all := make([]Word, len(words))
	for i, w := range words {
		all[i] = Word{"filter " + string(field), w}
	}
	return Listed(all)
}

func fieldWords() []Field {
	all := make([]Field, len(filterFields))
	for i, f := range filterFields {
		all[i] = Field(f)
	}
	return all
}
