package vendors

// Method is one method of a vendor's API that an adapter calls. Each adapter keeps its own as a
// table, so that documentation can be made of it and tests can hold what is called against it.
type Method struct {
	Verb string // HTTP method
	Path string // below the account's base_url, with {name} for what varies in it
	Does string // what it is called for
	// Source is where its shape is written down: a section of the vendor's document, or how sure
	// another source is.
	Source string
	Pays   bool // a call may cost money, so it is made once and never repeated by itself
}
