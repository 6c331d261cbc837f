package smsby

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

const defaultBase = "https://app.sms.by"

// Adapter is one account at sms.by.
type Adapter struct {
	account model.Account
	client  *vendors.Client
	base    string
	token   string
	inQuery bool
	zone    *time.Location
}

// New makes the adapter of an account.
func New(account model.Account, client *vendors.Client) (*Adapter, error) {
	token := account.Secret("token")
	if token == "" {
		return nil, model.Invalid("account "+account.Name+".token",
			"it is missing; copy it from app.sms.by/user-api/token")
	}
	if err := account.CheckZone(); err != nil {
		return nil, err
	}
	client.Hide(token)
	return &Adapter{account: account.WithoutSecrets(), client: client, base: account.Address(defaultBase), token: token,
		inQuery: account.Flag(settingTokenInQuery), zone: Capabilities().Location(account)}, nil
}

// Account returns the account without its token.
func (a *Adapter) Account() model.Account { return a.account }

// LastAnswer is when the vendor last answered anything, zero if it never did.
func (a *Adapter) LastAnswer() time.Time { return a.client.LastAnswer() }

// Capabilities say what sms.by can do.
func (a *Adapter) Capabilities() model.Capabilities { return Capabilities() }

// tokenPlace says where a method expects the token. The documents contradict themselves: they say
// "query" for the v1 methods and three of v2, and "formData" for the rest, but their v1 sample is
// one JSON body that contains the token. So each request carries the token where its sample has it,
// and in the address as well where the document says so and no sample contradicts it: a server that
// reads either place finds it. The client's log and errors never show a query. The account's
// token_in_query moves the token to the address everywhere.
type tokenPlace int

const (
	inBody tokenPlace = iota
	inBodyAndQuery
)

// Image is a picture that is uploaded with a message instead of linked by its address.
type Image struct {
	Name string // file name
	Data io.Reader
}

// form builds a request for a v2 method (or v1, by path) with form fields; with an image it is
// multipart.
func (a *Adapter) form(path string, place tokenPlace, fields url.Values, image *Image) (*vendors.Request, error) {
	address := a.base + path
	query := url.Values{}
	if place == inBodyAndQuery || a.inQuery || image != nil {
		query.Set("token", a.token)
	}
	if !a.inQuery {
		fields.Set("token", a.token)
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	r := &vendors.Request{Method: http.MethodPost, Op: method(path), URL: address}
	if image == nil {
		r.Body, r.ContentType = []byte(fields.Encode()), "application/x-www-form-urlencoded"
		return r, nil
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name := range fields {
		if err := w.WriteField(name, fields.Get(name)); err != nil {
			return nil, model.Errorf("write the field %s: %w", name, err)
		}
	}
	file, err := w.CreateFormFile("image", image.Name)
	if err != nil {
		return nil, model.Errorf("write the image: %w", err)
	}
	n, err := io.Copy(file, io.LimitReader(image.Data, model.UploadMax+1))
	if err != nil {
		return nil, model.Errorf("read the image %s: %w", image.Name, err)
	}
	if n > model.UploadMax {
		return nil, model.Invalid("image", "%s is larger than %d MB", image.Name, model.UploadMax>>20)
	}
	if err := w.Close(); err != nil {
		return nil, model.Errorf("write the image: %w", err)
	}
	r.Body, r.ContentType = body.Bytes(), w.FormDataContentType()
	return r, nil
}

func method(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// read calls a method that may be repeated without harm and decodes the answer into.
func (a *Adapter) read(ctx context.Context, path string, place tokenPlace, fields url.Values, into any) error {
	r, err := a.form(path, place, fields, nil)
	if err != nil {
		return err
	}
	return a.ask(ctx, r, into)
}

// get calls a v1 method with GET, where the token can only be in the address.
func (a *Adapter) get(ctx context.Context, path string, into any) error {
	address := a.base + path + "?" + url.Values{"token": {a.token}}.Encode()
	return a.ask(ctx, &vendors.Request{Op: method(path), URL: address}, into)
}

func (a *Adapter) ask(ctx context.Context, r *vendors.Request, into any) error {
	resp, err := a.client.Read(ctx, r)
	return vendors.Answered(resp, err, a.refused, into)
}

// send makes a request once. An answer that is not a refusal and cannot be read leaves the fate
// unknown.
func (a *Adapter) send(ctx context.Context, r *vendors.Request, into any) error {
	return a.sendWith(ctx, nil, r, into)
}

// sendWith is send under a permit.
func (a *Adapter) sendWith(ctx context.Context, p *vendors.Permit, r *vendors.Request, into any) error {
	resp, err := a.client.SendWith(ctx, p, r)
	if err != nil {
		return err
	}
	if e := a.refused(resp); e != nil {
		return e
	}
	if err := resp.Decode(into); err != nil {
		return vendors.Unreadable(a.account.Name, err)
	}
	return nil
}

// refused reports whether the vendor refused: by status, or with status 200 by {"error":"text"},
// {"errors":[…]} or {"status":"error","message":"text"}.
func (a *Adapter) refused(resp vendors.Response) *model.Error {
	var answer struct {
		Status  json.RawMessage `json:"status"`
		Error   json.RawMessage `json:"error"`
		Errors  json.RawMessage `json:"errors"`
		Message json.RawMessage `json:"message"`
	}
	if !resp.Object(&answer) && resp.OK() {
		return nil
	}
	words := cmp.Or(vendors.Words(answer.Error), vendors.Words(answer.Errors))
	no := words != "" || strings.EqualFold(vendors.Words(answer.Status), "error")
	if !no && resp.OK() {
		return nil
	}
	return vendors.Explain(a.client, resp, cmp.Or(words, vendors.Words(answer.Message)), Refusals())
}

// reply is the envelope of v2 answers.
type reply[T any] struct {
	Status vendors.String `json:"status"`
	Result T              `json:"result"`
}

// results reads a v2 list about a mailing that arrives in one answer.
func results[T, M any](
	ctx context.Context,
	a *Adapter,
	what, path, mailing string,
	rows vendors.Reader[T, M],
) ([]M, error) {
	return vendors.ReadWhole(a.account.Name, what, func(into *vendors.Rows[T]) error {
		var answer reply[vendors.Rows[T]]
		err := a.read(ctx, path, inBody, url.Values{"message_id": {mailing}}, &answer)
		*into = answer.Result
		return err
	}, rows)
}
