package routee

import "viberdeck/model"

const (
	// settingAuthURL is the address that issues tokens.
	settingAuthURL = "auth_url"
	// settingVideoField is the name of the field with a video's address, which the sources spell in
	// two ways.
	settingVideoField = "video_field"
	// settingBlacklistBody is the shape in which contacts are sent to the blacklist: as on the
	// vendor's page, or as in one of its libraries.
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
