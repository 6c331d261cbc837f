// Package sim simulates the vendors over real HTTP, from the vendors' own documents: for the demo,
// tests, benchmarks and fault drills. It shares no wire types with the adapters, so that they
// cannot make the same mistake together.
//
// A World holds every vendor, each under its own prefix:
//
//	/smsby/api/v1/…  /smsby/api/v2/…                             sms.by
//	/sendpulse/oauth/access_token  /sendpulse/viber  …           SendPulse
//	/routee/viber/campaign …  /routee-auth/oauth/token          Routee
//	/wooxy/v3/viber/batch …                                     Wooxy
//	/ledger  /requests  /faults                                  what was accepted, what was requested, what fails
//
// # Time
//
// A world is alive but nothing runs in it: the state of each message is computed on request from
// the time it left and from its fate. The fate of a message is a function of the seed, the vendor,
// the campaign's name (or its text, if it has none) and the phone, so the same seed gives the same
// fates regardless of the timing of requests. The clock on the wire is the real one at every speed;
// Options.Speed makes lives shorter: at speed 60, what takes a person an hour is over in a minute.
// Token lifetimes, rate limits, scheduled times and gradual sending are not accelerated.
//
// Only callbacks need a running process: Callbacks posts Routee's progress and replies and Wooxy's
// events, only to addresses on this machine, until its context ends. Serve runs it.
//
// # Where documents and clients disagree
//
// Both are accepted: sms.by tokens in the query, the form or the JSON body; sms.by reads by GET and
// POST; phones as numbers and strings; JSON, urlencoded and multipart bodies, including PHP's
// a[0][b] keys; OAuth credentials as JSON, form or Basic header; trailing slashes. Where the
// documents are silent the simulators make a choice, which proves nothing about the vendor:
//
//   - sms.by words for recipients without delivery (UNDELIVERED, EXPIRED, FAILED with an error_code that is not 0) and for mailings
//     that have not left (NEW: unconfirmed, SCHEDULED: waiting); the shapes of vibernames (the sibling's {"id":"name"}) and
//     of subscriber lists; a past schedule leaves at once; getViberMessages lists quick messages too, oldest
//     first, at most 1000 a page; callback_url is accepted and never called; the rate limit whose number is unknown is a fault.
//   - SendPulse uses UTC; a campaign not yet sent has the status "moderation" or null, and its recipients null; recipients
//     on the blacklist end in "error".
//   - Wooxy: HTTP 401, 402, 403, 400, 500 and 429 with the errors whose words say so, 200 with all others; all wrong arguments are
//     listed at once; problems of one person are listed in failed; tag is accepted for tags; a ttl out of range "must be a positive
//     integer"; the shape of webhooks (see happening); blacklist/remove; blacklist/find without a phone lists all.
//   - Routee: inner error codes are properties.errorCode; the names of campaign states; the shape of inbound messages (see
//     routeeInbound) and of prices; 401 and 403 by turns for expired tokens; codes of errors that no page lists; a past
//     schedule leaves at once; callbacks are repeated three times; the blacklist takes every body shape (see contactIDs); a file whose
//     address contains RouteeLargeFile is too large.
//
// # Faults
//
// SetFaults and POST /faults make calls fail; see Kind. For a connection that is really refused,
// stop the server by ending the context passed to Serve.
package sim
