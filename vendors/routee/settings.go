package routee

import "viberdeck/model"

const (
	// settingAuthURL is where tokens are got.
	settingAuthURL = "auth_url"
	// settingVideoField is the name of the field with a video's address, which the sources write in
	// two ways.
	settingVideoField = "video_field"
	// settingBlacklistBody is the shape in which contacts are named to the blacklist: as the
	// vendor's page has it, or as one of its libraries does.
	settingBlacklistBody = "blacklist_body"
)

// The shapes of the blacklist's body.
const (
	bodyContacts = "contacts" // {"contacts": ["id"]}
	bodyIDs      = "ids"      // ["id"]
	bodyObjects  = "objects"  // [{"id": "id"}]
)

// The names of the field with a video's address.
const (
	videoURL      = "videoURL"
	otherVideoURL = "videoUrl"
)

// Settings are the keys that only accounts at Routee have.
func Settings() []model.Setting {
	return []model.Setting{
		{Key: settingAuthURL, Kind: model.SettingAddress},
		{Key: settingVideoField, Kind: model.SettingChoice, Choices: []string{videoURL, otherVideoURL}},
		{Key: settingBlacklistBody, Kind: model.SettingChoice,
			Choices: []string{bodyContacts, bodyIDs, bodyObjects}},
	}
}
