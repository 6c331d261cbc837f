package vendors

// Method is one method of a vendor's API that an adapter calls. Each adapter has its own table of
// them, from which documentation is generated and against which tests check the calls made.
type Method struct {
	Verb string // HTTP method
	Path string // below the account's base_url, with {name} for variable parts
	Does string // its purpose
	// Source is where its shape is documented: a section of the vendor's document, or how reliable
	// another source is.
	Source string
	Pays   bool // a call may cost money, so it is never repeated automatically
	// Unkept names what its answer documents and nobody is shown, and why; "" if all of it is kept.
	Unkept string
}
