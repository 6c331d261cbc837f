package model

// CacheFacts is what the doctor reports about the cache file.
type CacheFacts struct {
	Path       string
	Bytes      int64 // the file and its write-ahead log
	Schema     int64 // number of the newest migration
	FileSystem string
	// Unwritable is why nothing can be written; nil when it can.
	Unwritable error
	Space      DiskSpace
}

// DiskSpace is how much room the disk of the cache has. While it is low nothing more is sent, so
// that the outcomes of earlier sends can be stored.
type DiskSpace struct {
	Free  int64 // bytes
	Known bool  // false if the system does not report it
	Low   bool
}
