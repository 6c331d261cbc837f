package sim

import (
	"reflect"
	"testing"
)

func TestParametersAreFoundWhereverTheClientPutsThem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		contentType, query, body string
	}{
		"query":                    {"", "token=a&n=5&ids=1,2", ""},
		"form":                     {formType, "", "token=a&n=5&ids[]=1&ids[]=2"},
		"numbered form":            {formType + "; charset=UTF-8", "token=b", "token=a&n=5&ids[1]=2&ids[0]=1"},
		"JSON":                     {"application/json", "", `{"token":"a","n":5,"ids":[1,"2"]}`},
		"JSON called form":         {formType, "", `{"token":"a","n":"5","ids":"1, 2"}`},
		"JSON inside the query":    {"", `token=a&n=5&ids=["1",2]`, ""},
		"body wins over the query": {"application/json", "token=b&n=6", `{"token":"a","n":5,"ids":[1,2]}`},
	} {
		p, err := decodeParams(c.contentType, c.query, []byte(c.body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var ids []string
		for _, id := range list(p["ids"]) {
			ids = append(ids, text(id))
		}
		if n, ok := p.number("n"); p.text("token") != "a" || n != 5 || !ok ||
			!reflect.DeepEqual(ids, []string{"1", "2"}) {
			t.Errorf("%s: token %q, n %d, ids %q", name, p.text("token"), n, ids)
		}
	}
}

func TestPhonesAreReadInEverySpelling(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"375291110001": "375291110001", "+375 (29) 111-00-01": "375291110001", "380931111111": "380931111111",
		"80291110001": "80291110001", "12": "", "": "", "0291110001": "", "phone": "", "3752911100011234567": "",
		"37529111000x": "",
	} {
		got, ok := phoneDigits(value)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q read as %q, %v; want %q", value, got, ok, want)
		}
	}
}

func FuzzAnyRequestIsDecodedOrRefused(f *testing.F) {
	f.Add("application/json", "token=a", `{"a":[1,{"b":null}],"c":true}`)
	f.Add("application/x-www-form-urlencoded", "a[b][]=1&a[b]=2", "a[][][]=1&[=2&]=3&a[0][1]=x")
	f.Add("multipart/form-data; boundary=x", "",
		"--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nc\r\n--x--\r\n")
	f.Fuzz(func(t *testing.T, contentType, query, body string) {
		p, err := decodeParams(contentType, query, []byte(body))
		if err != nil {
			return
		}
		for key, value := range p {
			p.text(key)
			p.number(key)
			phoneDigits(value)
			for _, item := range list(value) {
				object(item).text("phone")
			}
			object(value).given("text")
		}
	})
}
