package model

// CacheFacts is what the doctor tells of the cache file.
type CacheFacts struct {
	Path       string
	Bytes      int64 // the file and its write-ahead log
	Schema     int64 // number of the newest migration
	FileSystem string
	// Unwritable is why nothing can be written; nil when it can.
	Unwritable error
}
