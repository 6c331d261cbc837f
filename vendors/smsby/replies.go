package smsby

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

// incoming is one reply as v2 getNewIncomingMessages returns it.
type incoming struct {
	ID       vendors.String `json:"id"`
	Phone    vendors.String `json:"phone"`
	Message  vendors.String `json:"message"`
	Received vendors.String `json:"d_receiver"`
}

// key identifies a reply: by the vendor's id or, if there is none, by all of its content.
func (in incoming) key() string {
	if in.ID != "" {
		return in.ID.Line()
	}
	return strings.TrimSpace(string(in.Phone + " " + in.Received + " " + in.Message))
}

// noID begins the id of a reply without a vendor id. The id is derived from the reply's content, so
// that it is stored once.
const noID = "none-"

// Replies reads the unread replies to a mailing. They stay unread at the vendor.
func (a *Adapter) Replies(ctx context.Context, vendorID string) ([]model.Reply, error) {
	id := vendorID
	if !isID(id) {
		return nil, nil // a uuid or a single message: replies are requested by mailing id
	}
	return results(ctx, a, "replies", "/api/v2/getNewIncomingMessages", id, vendors.Reader[incoming, model.Reply]{
		Key:  incoming.key,
		Read: func(in incoming) (model.Reply, bool) { return a.reply(in, vendorID), true },
	})
}

func (a *Adapter) reply(in incoming, campaign string) model.Reply {
	r := model.Reply{
		Account: a.account.Name, VendorID: in.ID.Line(), CampaignRef: campaign,
		Text:       model.ReplyText(string(in.Message), model.Attachments{}),
		ReceivedAt: vendors.ParseTime(string(in.Received), a.zone), State: model.ReplyOpen, Unread: true,
	}
	r.Phone, _ = model.PhoneFromVendor(string(in.Phone))
	if r.VendorID == "" {
		sum := sha256.Sum256([]byte(strings.Join([]string{
			campaign, string(in.Phone), string(in.Received), string(in.Message)}, "\x00")))
		r.VendorID = noID + hex.EncodeToString(sum[:8])
	}
	return r
}

// MarkRead marks replies read by v2 readResponseStatus. Marking again is harmless, so it is retried
// like a read request.
func (a *Adapter) MarkRead(ctx context.Context, vendorIDs []string) error {
	var ids []string
	for _, id := range vendorIDs {
		if id != "" && !strings.HasPrefix(id, noID) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var answer reply[vendors.String] // "Number of flagged messages: 3"; already marked ones are not counted
	err := a.read(ctx, "/api/v2/readResponseStatus", inBody,
		url.Values{"incoming_messages": {strings.Join(ids, ",")}}, &answer)
	if err != nil {
		return err
	}
	if n, known := flagged(answer.Result.Line()); known && n < len(ids) {
		return &vendors.FewerMarkedError{
			Sentence: model.Say("%s marked %d of %s as read; the others were marked before, "+
				"or it does not know them", a.account.Name, n, model.Counted(len(ids), "reply", "replies"))}
	}
	return nil
}

// flagged reads how many messages were marked.
func flagged(text string) (n int, known bool) {
	_, number, found := strings.Cut(text, ":")
	if !found {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSpace(number))
	return n, err == nil
}
