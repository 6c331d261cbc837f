package wooxy

import "viberdeck/model"

// settingInferred allows methods that no document has and that were only inferred from similar
// ones: removing phones from the blacklist and removing webhooks.
const settingInferred = "inferred"

// Settings are the keys that only accounts at Wooxy have.
func Settings() []model.Setting {
	return []model.Setting{{Key: model.SettingContactList}, {Key: settingInferred, Kind: model.SettingFlag}}
}
