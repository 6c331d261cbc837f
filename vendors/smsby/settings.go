package smsby

import "viberdeck/model"

// settingTokenInQuery puts the token in the address, for white labels that read it only there.
const settingTokenInQuery = "token_in_query"

// Settings are the keys that only accounts at sms.by have.
func Settings() []model.Setting {
	return []model.Setting{{Key: settingTokenInQuery, Kind: model.SettingFlag}}
}
