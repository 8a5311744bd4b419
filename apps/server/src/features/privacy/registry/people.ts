import { columns, doer, resident, staff, type DeclaredTables } from "./declare.ts";

export const peopleTables: DeclaredTables = {
  people: {
    plain: columns("city_id id unit_id left_at created_at"),
    personal: {
      login: staff(["用户名", "user name"], "staffSignIn", "employment", "employment"),
      name: staff(["姓名", "name"], "accountability", "employment", "employment"),
      password_hash: staff(["密码摘要", "digest of the password"], "staffSignIn", "employment", "employment"),
      password_failures: staff(["密码输错次数", "wrong passwords"], "staffSignIn", "employment", "employment"),
      password_failed_at: staff(
        ["密码输错时间", "time of a wrong password"],
        "staffSignIn",
        "employment",
        "employment",
      ),
      password_temporary_until: staff(
        ["首次密码的期限", "end of a first password"],
        "staffSignIn",
        "employment",
        "employment",
      ),
      totp_secret: staff(["动态码密钥", "secret of the authenticator"], "staffSignIn", "employment", "employment"),
      totp_step: staff(["上次动态码", "last code"], "staffSignIn", "employment", "employment"),
      totp_failures: staff(["输错次数", "wrong codes"], "staffSignIn", "employment", "employment"),
      totp_failed_at: staff(["输错时间", "time of a wrong code"], "staffSignIn", "employment", "employment"),
    },
  },
  grants: {
    plain: columns("city_id id area unit_id granted_at"),
    personal: {
      person_id: staff(["谁的权限", "whose right"], "accountability", "employment", "employment"),
      role: staff(["岗位", "role"], "accountability", "employment", "employment"),
      granted_by: doer(),
    },
  },
  passkeys: {
    plain: columns("city_id counter transports created_at"),
    personal: {
      id: staff(["通行密钥编号", "id of the passkey"], "staffSignIn", "employment", "employment"),
      person_id: staff(["谁的", "whose"], "staffSignIn", "employment", "employment"),
      public_key: staff(["公钥", "public key"], "staffSignIn", "employment", "employment"),
    },
  },
  identities: {
    plain: columns("city_id issuer"),
    personal: {
      subject: staff(["统一身份编号", "id at the identity provider"], "staffSignIn", "employment", "employment"),
      person_id: staff(["谁的", "whose"], "staffSignIn", "employment", "employment"),
    },
  },
  residents: {
    plain: columns("city_id created_at left_at"),
    personal: {
      id: resident(["账户编号", "id of the account"], "account", "consent", "residentProfile"),
      phone: resident(["手机号", "mobile number"], "account", "consent", "residentProfile"),
    },
  },
  one_time_codes: {
    plain: columns("city_id code_hash tries expires_at sent first_sent_at"),
    personal: { phone: resident(["手机号", "mobile number"], "account", "consent", "signIn") },
  },
  sessions: {
    plain: columns("city_id id token_hash csrf created_at expires_at"),
    personal: {
      person_id: staff(["谁登录", "who is signed in"], "staffSignIn", "employment", "signIn"),
      resident_id: resident(["哪个账户登录", "which account is signed in"], "account", "consent", "signIn"),
      device: resident(["浏览器", "browser"], "account", "consent", "signIn"),
      seen_at: resident(["上次使用（一小时记一次）", "last use, once an hour"], "account", "consent", "signIn"),
    },
  },
  sign_in_challenges: {
    plain: columns("city_id token_hash kind expires_at"),
    personal: { data: staff(["登录的中间步骤", "a step of signing in"], "staffSignIn", "employment", "signIn") },
  },
  saved_views: {
    plain: columns("city_id views"),
    personal: { person_id: staff(["谁的视图", "whose views"], "accountability", "employment", "employment") },
  },
  api_keys: {
    plain: columns("city_id id key_hash created_at ended_at"),
    personal: {
      holder: staff(["对接方", "holder"], "connections", "statutoryDuty", "withRecord"),
      person_id: doer(),
    },
  },
  audit: {
    plain: columns("city_id id at actor_role action request_id"),
    personal: {
      actor_id: doer("accessRecords"),
      target: doer("accessRecords"),
      purpose: doer("accessRecords"),
    },
  },
};
