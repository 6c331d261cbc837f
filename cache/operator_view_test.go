package cache

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

func viewOf(t *testing.T, db *DB, who model.Operator) *RestrictedDB {
	t.Helper()
	v, err := db.As(t.Context(), who, model.Origin{Key: "SHA256:" + who.Name, Address: "192.0.2.7:1"})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func wantKind(t *testing.T, what string, err error, kind model.Kind) {
	t.Helper()
	if model.KindOf(err) != kind {
		t.Errorf("%s: %v, want the kind %q", what, err, kind)
	}
}

// Every method that takes a person's name, or one that writes for a person, has its own version in
// the view, so that a forgotten new intent cannot bypass the roles.
func TestEveryIntentThatNamesAPersonIsAskedForItsRole(t *testing.T) {
	t.Parallel()
	set := token.NewFileSet()
	paths := must(filepath.Glob("*.go"))(t)
	paths = slices.DeleteFunc(paths, func(p string) bool { return strings.HasSuffix(p, "_test.go") })
	of := map[string]map[string]bool{"DB": {}, "RestrictedDB": {}}
	for _, path := range paths {
		file := must(parser.ParseFile(set, path, nil, 0))(t)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() {
				continue
			}
			star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
			if !ok {
				continue
			}
			switch name := star.X.(*ast.Ident).Name; name {
			case "RestrictedDB":
				of[name][f.Name.Name] = true
			case "DB":
				for _, p := range f.Type.Params.List {
					for _, n := range p.Names {
						of[name][f.Name.Name] = of[name][f.Name.Name] || n.Name == "operator"
					}
				}
			}
		}
	}
	for name, takesPerson := range of["DB"] {
		if takesPerson && !of["RestrictedDB"][name] {
			t.Errorf("RestrictedDB has no %s of its own: anybody may do it under any name", name)
		}
	}
	for _, name := range []string{"AddActivity", "Changed", "Close"} {
		if !of["RestrictedDB"][name] {
			t.Errorf("RestrictedDB has no %s of its own", name)
		}
	}
}

func TestARoleMayWhatItCoversAndNothingElse(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k", plan(3), time.Minute)
	reason := "asked"
	intents := []struct {
		name  string
		least model.Role
		do    func(v *RestrictedDB) error
	}{
		{"keep a setting", model.RoleViewer, func(v *RestrictedDB) error {
			return v.SaveSetting(t.Context(), "x", "n", "v")
		}},
		{"label", model.RoleTriage, func(v *RestrictedDB) error {
			return v.Label(t.Context(), "x", nil, "l", model.On)
		}},
		{"block", model.RoleTriage, func(v *RestrictedDB) error {
			_, err := v.Block(t.Context(), "x", []model.Phone{firstPhone}, reason, nil, model.SourceOperator)
			return err
		}},
		{"block several", model.RoleTriage, func(v *RestrictedDB) error {
			_, err := v.BlockAll(t.Context(), "x", model.Blocking{Phones: []model.Phone{firstPhone}, Reason: reason})
			return err
		}},
		{"pull the brake", model.RoleTriage, func(v *RestrictedDB) error {
			return v.SetBrake(t.Context(), "x", model.On, reason)
		}},
		{"submit", model.RoleSender, func(v *RestrictedDB) error {
			_, err := v.Submit(t.Context(), "x", "k-"+string(v.who.Role), plan(1), time.Hour, 0)
			return err
		}},
		{"unblock", model.RoleApprover, func(v *RestrictedDB) error {
			_, err := v.Unblock(t.Context(), "x", []model.Phone{firstPhone}, reason, nil)
			return err
		}},
		{"take the brake off", model.RoleApprover, func(v *RestrictedDB) error {
			return v.SetBrake(t.Context(), "x", model.Off, reason)
		}},
		{"approve", model.RoleApprover, func(v *RestrictedDB) error { return v.Approve(t.Context(), "x", id) }},
		{"renew a callback", model.RoleAdmin, func(v *RestrictedDB) error {
			return v.RenewCallback(t.Context(), "x", "minsk")
		}},
	}
	for _, role := range append(model.Roles(), "", "owner") {
		v := viewOf(t, db, model.Operator{Name: "boris", Role: role})
		for _, i := range intents {
			denied := model.KindOf(i.do(v)) == model.KindDenied
			if want := !role.Covers(i.least); denied != want {
				t.Errorf("%s as %q: denied %v, want %v", i.name, role, denied, want)
			}
		}
	}
}

func TestAPersonOfSomeAccountsActsOnTheseOnly(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	id := submit(t, db, "k", plan(3), time.Minute)
	v := viewOf(t, db, model.Operator{Name: "boris", Role: model.RoleAdmin, Accounts: []string{"shop"}})
	wantKind(t, "recall", v.Recall(t.Context(), "", id), model.KindDenied)
	_, err := v.Submit(t.Context(), "", "k2", plan(1), 0, 0)
	wantKind(t, "submit", err, model.KindDenied)
	_, err = v.Unblock(t.Context(), "", []model.Phone{firstPhone}, "asked", nil)
	wantKind(t, "unblock everywhere", err, model.KindDenied)
	_, err = v.Unblock(t.Context(), "", []model.Phone{firstPhone}, "asked", []string{"shop"})
	wantKind(t, "unblock in shop", err, "")
	wantKind(t, "brake off", v.SetBrake(t.Context(), "", model.Off, ""), model.KindDenied)
	wantKind(t, "brake on", v.SetBrake(t.Context(), "", model.On, "help"), "")
	wantState(t, db, id, model.CampaignHeld)
}

func TestAnIntentIsWrittenUnderTheNameOfTheKeyWhateverNameIsGiven(t *testing.T) {
	t.Parallel()
	db := open(t)
	anna := viewOf(t, db, model.Operator{Name: "anna", Role: model.RoleAdmin})
	id, err := anna.Submit(t.Context(), "boris", "k", plan(3), time.Minute, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := db.Campaign(t.Context(), id); err != nil || c.Operator != "anna" {
		t.Errorf("made by %q, %v", c.Operator, err)
	}
	wantKind(t, "the maker approves under another name", anna.Approve(t.Context(), "boris", id), model.KindDenied)
	wantState(t, db, id, model.CampaignNeedsApproval)
	boris := viewOf(t, db, model.Operator{Name: "boris", Role: model.RoleApprover})
	wantKind(t, "a colleague approves", boris.Approve(t.Context(), "anna", id), "")
}

func TestAPersonWritesToNoMorePeopleADayThanTheCap(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	v := viewOf(t, db, model.Operator{Name: "anna", Role: model.RoleSender, DailyCap: 5})
	send := func(key string, n int) error {
		p := plan(n)
		p.Campaign.Message.Text = key
		_, err := v.Submit(t.Context(), "", key, p, time.Minute, 0)
		return err
	}
	wantKind(t, "3 of 5", send("a", 3), "")
	wantKind(t, "3 more", send("b", 3), model.KindLimited)
	wantKind(t, "the first again", send("a", 3), "")
	wantKind(t, "2 more", send("c", 2), "")
	clock.Advance(25 * time.Hour)
	wantKind(t, "a day later", send("d", 5), "")
}

// Each submit comes from a process of its own, as of a session over SSH and a command beside it.
func TestSubmitsAtTheSameInstantDoNotPassTheDailyCapTogether(t *testing.T) {
	t.Parallel()
	path, who := emptyFile(t), model.Operator{Name: "anna", Role: model.RoleSender, DailyCap: 5}
	errs := make([]error, 6)
	begin := make(chan struct{})
	var all sync.WaitGroup
	for i := range errs {
		db := must(Open(context.Background(), path, Options{Now: start}))(t)
		t.Cleanup(func() { _ = db.Close() })
		v, p, key := viewOf(t, db, who), plan(3), string(rune('a'+i))
		p.Campaign.Message.Text = key
		all.Go(func() {
			<-begin
			_, errs[i] = v.Submit(t.Context(), "", key, p, time.Minute, 0)
		})
	}
	close(begin)
	all.Wait()
	taken := 0
	for _, err := range errs {
		if err == nil {
			taken++
		} else {
			wantKind(t, "one too many", err, model.KindLimited)
		}
	}
	if taken != 1 {
		t.Errorf("%d submits of 3 people were taken, and the cap is 5", taken)
	}
}

func TestClosingAViewLeavesTheFileOpenForTheOthers(t *testing.T) {
	t.Parallel()
	db := open(t)
	if err := viewOf(t, db, model.Operator{Name: "anna", Role: model.RoleViewer}).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Overview(t.Context(), "anna"); err != nil {
		t.Errorf("after a session has ended: %v", err)
	}
}

func TestEachLineOfAPersonCarriesKeyAndAddressAndRefusalsAreAmongThem(t *testing.T) {
	t.Parallel()
	db := open(t)
	anna := viewOf(t, db, model.Operator{Name: "anna", Role: model.RoleTriage})
	wantKind(t, "pull the brake", anna.SetBrake(t.Context(), "", model.On, "help"), "")
	wantKind(t, "take it off", anna.SetBrake(t.Context(), "", model.Off, ""), model.KindDenied)
	wantKind(t, "somebody on this host", db.SetBrake(t.Context(), "root", model.Off, ""), "")
	lines := must(db.Activity(t.Context(), model.PageRequest{Limit: 10}))(t).Rows
	want := []struct{ operator, action, key, address string }{{"root", "took the brake off", "", ""},
		{"anna", "was refused", "SHA256:anna", "192.0.2.7:1"},
		{"anna", "pulled the brake", "SHA256:anna", "192.0.2.7:1"}}
	if len(lines) != len(want) {
		t.Fatalf("%d lines: %+v", len(lines), lines)
	}
	for i, w := range want {
		l := lines[i]
		if l.Operator != w.operator || l.Action != w.action || l.Key != w.key || l.Address != w.address {
			t.Errorf("line %+v, want %+v", l, w)
		}
	}
	if check := must(db.VerifyActivity(t.Context(), ""))(t); len(check.Faults) > 0 {
		t.Errorf("the chain is broken: %v", check.Words())
	}
	if _, err := db.writer.ExecContext(t.Context(),
		`UPDATE activity SET key = 'SHA256:boris' WHERE key <> ''`); err == nil {
		t.Error("a key was altered")
	}
}

func TestWhoHasTheKeyOfTheMakerDoesNotApproveUnderAnotherName(t *testing.T) {
	t.Parallel()
	db := open(t)
	as := func(name, key string) *RestrictedDB {
		return must(db.As(t.Context(), model.Operator{Name: name, Role: model.RoleApprover},
			model.Origin{Key: key, Address: "192.0.2.7:1"}))(t)
	}
	id := must(as("anna", "SHA256:1").Submit(t.Context(), "", "k", plan(3), time.Minute, 1))(t)
	wantKind(t, "the same key", as("Anna Ivanova", "SHA256:1").Approve(t.Context(), "", id), model.KindDenied)
	wantKind(t, "the same name", as("anna", "SHA256:2").Approve(t.Context(), "", id), model.KindDenied)
	wantState(t, db, id, model.CampaignNeedsApproval)
	wantKind(t, "a colleague", as("boris", "SHA256:3").Approve(t.Context(), "", id), "")
}
