# Reads `go version -m PROGRAM` and writes what is linked as SPDX 2.3, tag and value.
BEGIN {
	print "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT"
	print "DocumentName: viberdeck-" version
	print "DocumentNamespace: https://viberdeck.example.com/spdx/viberdeck-" version
	print "Creator: Organization: The viberdeck authors\nCreated: " created
	package("viberdeck", version, "SPDXRef-viberdeck", "NONE")
	print "Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-viberdeck"
}
NR == 1 { link("stdlib", substr($2, 3), "golang/stdlib") }
$1 == "dep" { link($2, $3, "golang/" $2) }
function link(name, v, purl,    id) {
	id = "SPDXRef-" ++n
	package(name, v, id, "pkg:" purl "@" v)
	print "Relationship: SPDXRef-viberdeck DEPENDS_ON " id
}
function package(name, v, id, purl) {
	print "\nPackageName: " name "\nSPDXID: " id "\nPackageVersion: " v
	print "PackageDownloadLocation: NOASSERTION\nFilesAnalyzed: false"
	if (purl != "NONE") print "ExternalRef: PACKAGE-MANAGER purl " purl
}
