package wooxy

import "viberdeck/model"

const (
	// settingContactList is used when a campaign names none.
	settingContactList = "contact_list"
	// settingInferred allows methods that no document has and that were only concluded from their
	// siblings: taking phones off the blacklist and removing webhooks.
	settingInferred = "inferred"
)

// Settings are the keys that only accounts at Wooxy have.
func Settings() []model.Setting {
	return []model.Setting{{Key: settingContactList}, {Key: settingInferred, Kind: model.SettingFlag}}
}
