package model

import (
	"strconv"
	"strings"
)

// CampaignID is our own number of a campaign; on screens and in JSON it reads c12.
type CampaignID int64

// ReplyID is our own number of a reply; on screens and in JSON it reads r12.
type ReplyID int64

// BatchID is our own number of a batch; on screens and in JSON it reads b12.
type BatchID int64

func idString(prefix string, n int64) string {
	if n == 0 {
		return ""
	}
	return prefix + strconv.FormatInt(n, 10)
}

func parseID(prefix, what, s string) (int64, error) {
	digits, ok := strings.CutPrefix(strings.TrimSpace(s), prefix)
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || n <= 0 || digits[0] == '+' {
		return 0, Invalid(what, "%q is not the id of a %s; one looks like %s12", s, Word{"thing", what}, prefix)
	}
	return n, nil
}

// String returns "c12", "" for no campaign.
func (id CampaignID) String() string { return idString("c", int64(id)) }

// String returns "r12", "" for no reply.
func (id ReplyID) String() string { return idString("r", int64(id)) }

// String returns "b12", "" for no batch.
func (id BatchID) String() string { return idString("b", int64(id)) }

// MarshalText writes the id as String does.
func (id CampaignID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// MarshalText writes the id as String does.
func (id ReplyID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// MarshalText writes the id as String does.
func (id BatchID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// ParseCampaignID reads "c12".
func ParseCampaignID(s string) (CampaignID, error) {
	n, err := parseID("c", "campaign", s)
	return CampaignID(n), err
}

// ParseReplyID reads "r12".
func ParseReplyID(s string) (ReplyID, error) {
	n, err := parseID("r", "reply", s)
	return ReplyID(n), err
}

// ParseBatchID reads "b12".
func ParseBatchID(s string) (BatchID, error) {
	n, err := parseID("b", "batch", s)
	return BatchID(n), err
}
