import type { Texts } from './index.svelte';

const wrongPassword =
  'Das Passwort ist falsch. Nach vielen falschen Passwörtern wird eine Zeit lang auch das richtige abgelehnt.';

// What the service says about fields. Anything else is shown as it is.
const serviceMessages: readonly (readonly [message: RegExp, translation: string])[] = [
  [/^An e-mail address is required\.$/, 'Geben Sie eine E-Mail-Adresse ein.'],
  [/^Enter a valid e-mail address\.$/, 'Geben Sie eine gültige E-Mail-Adresse ein.'],
  [/^E-mail addresses must be at most (\d+) characters long\.$/, 'E-Mail-Adressen dürfen höchstens $1 Zeichen lang sein.'],
  [/^A name is required\.$/, 'Geben Sie einen Namen ein.'],
  [/^Names must be at most (\d+) characters long\.$/, 'Namen dürfen höchstens $1 Zeichen lang sein.'],
  [/^Names must contain visible characters.*$/, 'Namen müssen sichtbare Zeichen enthalten und dürfen nicht zu lang sein.'],
  [/^Descriptions must be at most (\d+) characters long\.$/, 'Beschreibungen dürfen höchstens $1 Zeichen lang sein.'],
  [/^Another service account has this name\..*$/, 'Ein anderes Dienstkonto hat diesen Namen.'],
  [/^The role '(.+)' does not exist\.$/, 'Die Rolle „$1“ gibt es nicht.'],
  [/^Enter a valid role name\.$/, 'Geben Sie gültige Namen von Rollen ein.'],
  [/^A password is required\.$/, 'Geben Sie ein Passwort ein.'],
  [/^Passwords must be at least (\d+) characters long\.$/, 'Passwörter müssen mindestens $1 Zeichen lang sein.'],
  [/^Passwords must be at most (\d+) characters long\.$/, 'Passwörter dürfen höchstens $1 Zeichen lang sein.'],
  [/^Passwords must be valid text .*$/, 'Passwörter dürfen keine ungültigen Zeichen enthalten.'],
  [/^This password is too common\. .*$/, 'Dieses Passwort ist zu verbreitet. Wählen Sie ein anderes.'],
  [
    /^Passwords must not be based on your e-mail address or name\. .*$/,
    'Passwörter dürfen nicht aus Ihrer E-Mail-Adresse oder Ihrem Namen gebildet sein. Wählen Sie ein anderes.',
  ],
  [
    /^Passwords must not be based on the name of this service\. .*$/,
    'Passwörter dürfen nicht aus dem Namen dieses Dienstes gebildet sein. Wählen Sie ein anderes.',
  ],
  [
    /^This password is too easy to guess\. .*$/,
    'Dieses Passwort ist zu leicht zu erraten. Machen Sie es länger, oder verwenden Sie mehrere Wörter ohne Zusammenhang.',
  ],
  [/^(?:Display names|Names) must be at most (\d+) characters long\.$/, 'Namen dürfen höchstens $1 Zeichen lang sein.'],
  [/^(?:Display names|Names) must not contain control characters\.$/, 'Namen dürfen keine Steuerzeichen enthalten.'],
];

export const de: Texts = {
  language: 'de',
  title: 'Konto',
  pages: {
    profile: 'Profil',
    password: 'Passwort',
    security: 'Sicherheit',
    sessions: 'Geräte',
    data: 'Ihre Daten',
    'service-accounts': 'Dienstkonten',
    'sign-in': 'Anmelden',
    'sign-up': 'Konto erstellen',
    'forgot-password': 'Passwort vergessen',
    'reset-password': 'Neues Passwort wählen',
    'verify-email': 'E-Mail-Adresse bestätigen',
    'accept-invitation': 'Einladung annehmen',
    'change-email': 'E-Mail-Adresse ändern',
    'undo-email-change': 'E-Mail-Adresse wiederherstellen',
  },
  notFound: { title: 'Seite nicht gefunden', text: 'Unter dieser Adresse gibt es keine Seite.', link: 'Zum Profil' },
  skip: 'Zum Inhalt springen',
  navigation: 'Konto',
  languageLabel: 'Sprache',
  waiting: 'Einen Moment …',
  retry: 'Noch einmal versuchen',
  cancel: 'Abbrechen',
  signOut: 'Abmelden',
  signedInAs: (email) => `Angemeldet als ${email}`,

  back: {
    link: (host) => `Zurück zu ${host}`,
    leaving: (host) => `Sie werden zu ${host} zurückgeleitet …`,
    then: (host) => `Danach geht es weiter zu ${host}.`,
  },

  fields: {
    email: 'E-Mail-Adresse',
    newEmail: 'Neue E-Mail-Adresse',
    password: 'Passwort',
    newPassword: 'Neues Passwort',
    currentPassword: 'Aktuelles Passwort',
    displayName: 'Name',
    code: 'Code',
    recoveryCode: 'Wiederherstellungscode',
    factorName: 'Name',
    optional: 'optional',
    show: 'Passwort anzeigen',
    hide: 'Passwort verbergen',
  },

  length: (min) =>
    `Mindestens ${min} Zeichen. Mehrere Wörter ohne Zusammenhang sind leicht zu merken und schwer zu erraten.`,
  tooShort: (missing) => `Noch ${missing} Zeichen`,
  longEnough: 'Lang genug. Ob es leicht zu erraten ist, wird beim Absenden geprüft.',
  tooLong: (max) => `Höchstens ${max} Zeichen`,

  signIn: {
    submit: 'Anmelden',
    forgot: 'Passwort vergessen?',
    signUp: 'Noch kein Konto?',
    signUpLink: 'Konto erstellen',
    passkey: 'Mit Passkey anmelden',
    passkeyHint: 'Mit Fingerabdruck, Gesicht oder der PIN Ihres Geräts, und ohne Passwort.',
    wrongPasskey:
      'Dieser Passkey wurde aus seinem Konto entfernt, oder das Konto kann nicht benutzt werden. Melden Sie sich auf andere Weise an.',
    secondFactor: 'Noch ein Schritt',
    expired: 'Das hat zu lange gedauert, oder Ihr Konto wurde inzwischen geändert. Melden Sie sich noch einmal an.',
  },
  signUp: {
    submit: 'Konto erstellen',
    signIn: 'Sie haben schon ein Konto?',
    signInLink: 'Anmelden',
    nameHint: 'Wie Anwendungen Sie ansprechen können.',
  },
  done: {
    accountCreated: 'Ihre E-Mail-Adresse ist bestätigt, und Ihr Konto wurde erstellt.',
    emailConfirmed: 'Ihre E-Mail-Adresse ist bestätigt.',
    emailChanged: 'Ihre E-Mail-Adresse wurde geändert. Melden Sie sich von jetzt an mit der neuen an.',
    emailRestored:
      'Ihre frühere E-Mail-Adresse wurde wiederhergestellt, und alle Geräte wurden abgemeldet. Wählen Sie jetzt ein neues Passwort: Die E-Mail dafür ist an diese Adresse unterwegs.',
    invitationAccepted: 'Willkommen! Ihr Konto ist bereit.',
    passwordReset: 'Ihr Passwort wurde geändert, und alle Geräte wurden abgemeldet. Melden Sie sich mit dem neuen Passwort an.',
  },
  link: {
    missing: 'Um fortzufahren, öffnen Sie den Link in der E-Mail, die wir Ihnen geschickt haben.',
    wrong: 'Dieser Link ist nicht gültig. Er wurde schon benutzt, ist abgelaufen oder wurde durch eine spätere E-Mail ersetzt.',
    invalid: 'Der Link funktioniert nicht?',
  },
  code: {
    hint: 'Die sechs Ziffern aus der neuesten E-Mail. Sie gelten 10 Minuten.',
    validUntil: (time) => `Die sechs Ziffern aus der neuesten E-Mail. Sie gelten bis ${time} Uhr.`,
    expired: 'Der Code ist abgelaufen. Lassen Sie sich eine weitere E-Mail schicken.',
    missing: 'Geben Sie die sechs Ziffern aus der E-Mail ein.',
    wrong:
      'Dieser Code ist nicht gültig. Prüfen Sie, ob er aus der neuesten E-Mail ist. Nach fünf falschen Codes oder 10 Minuten lassen Sie sich eine weitere E-Mail schicken, oder benutzen Sie den Link in der E-Mail.',
  },
  resend: {
    hint: 'Keine E-Mail? Sehen Sie zuerst im Spam-Ordner nach.',
    button: 'Weitere E-Mail schicken',
    sent: 'Eine weitere E-Mail ist unterwegs. Wenn sie ankommt, gelten Code und Link der früheren nicht mehr. Wenn keine ankommt, waren es zuletzt zu viele; dann gilt die letzte noch.',
  },
  forgotPassword: {
    intro: 'Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wir schicken Ihnen eine E-Mail, mit der Sie ein neues Passwort wählen können.',
    submit: 'E-Mail schicken',
    back: 'Zurück zur Anmeldung',
  },
  resetPassword: {
    intro: 'Mit einem neuen Passwort werden Sie auf allen Geräten abgemeldet.',
    sent: (email) =>
      `Wenn es ein Konto mit der Adresse ${email} gibt, ist eine E-Mail unterwegs. Geben Sie hier ihren Code ein, oder öffnen Sie ihren Link auf einem beliebigen Gerät. Mit einem neuen Passwort werden Sie auf allen Geräten abgemeldet.`,
    submit: 'Neues Passwort festlegen',
    again: 'Weitere E-Mail anfordern',
    otherAddress: 'Eine andere E-Mail-Adresse verwenden',
  },
  verifyEmail: {
    title: 'E-Mail-Adresse bestätigen',
    unconfirmed: (email) =>
      `Die Adresse ${email} ist noch nicht bestätigt. Geben Sie den Code aus der E-Mail ein, die wir dorthin geschickt haben, oder öffnen Sie den Link darin.`,
    sent: (email) =>
      `Wir haben eine E-Mail an ${email} geschickt. Geben Sie hier den Code daraus ein, um Ihr Konto fertigzustellen. Wenn in der E-Mail steht, dass Sie schon ein Konto haben, melden Sie sich stattdessen an.`,
    link: 'Drücken Sie den Knopf, um Ihre E-Mail-Adresse zu bestätigen.',
    password:
      'Geben Sie das Passwort ein, das Sie beim Erstellen des Kontos gewählt haben, damit wir wissen, dass das Konto Ihnen gehört. In einem Browser, in dem Sie angemeldet sind, braucht der Link kein Passwort.',
    signedIn: (email) => `Sie sind als ${email} angemeldet. Wenn der Link an eine andere Adresse ging, melden Sie sich zuerst ab.`,
    wrongPassword:
      'Das ist nicht das Passwort des Kontos, für das der Link gilt. Wenn Sie kein Konto erstellt haben, beachten Sie die E-Mail nicht weiter.',
    confirmed: (email) => `Die Adresse ${email} ist bestätigt.`,
    submit: 'Adresse bestätigen',
    again: 'Um eine weitere E-Mail zu bekommen, melden Sie sich an, oder erstellen Sie das Konto noch einmal.',
    againOnProfile: 'Im Profil eine weitere E-Mail schicken lassen',
    otherAddress: 'Mit einer anderen Adresse ein Konto erstellen',
  },
  acceptInvitation: {
    intro: 'Für Sie wurde ein Konto erstellt. Wählen Sie ein Passwort, um es zu benutzen.',
    signedIn: (email) => `Sie sind als ${email} angemeldet. Stattdessen werden Sie dann im neuen Konto angemeldet.`,
    nameHint: 'Wie Anwendungen Sie ansprechen können. Wenn Sie nichts eingeben, gilt der Name aus der Einladung.',
    submit: 'Einladung annehmen',
    again: 'Eine weitere an Ihre Adresse schicken lassen',
  },
  changeEmail: {
    intro: (email) =>
      `Ihre Adresse ist ${email}. Wir schicken eine E-Mail an die neue; bis Sie sie bestätigt haben, ändert sich nichts.`,
    submit: 'E-Mail schicken',
    sent: (email) =>
      `Eine E-Mail ist an ${email} unterwegs, es sei denn, diese Adresse ist vergeben. Geben Sie hier ihren Code ein, oder öffnen Sie ihren Link dort, wo Sie angemeldet sind.`,
    link: (email) => `Sie sind als ${email} angemeldet. Diese Adresse wird durch die ersetzt, an die der Link geschickt wurde.`,
    signIn: 'Melden Sie sich mit Ihrer bisherigen E-Mail-Adresse an. Danach können Sie die neue bestätigen.',
    confirm: 'Neue Adresse verwenden',
    otherAddress: 'Andere Adresse eingeben',
    wrongPassword,
  },
  undoEmailChange: {
    intro: 'Benutzen Sie das, wenn Sie die E-Mail-Adresse Ihres Kontos nicht selbst geändert haben. Die Adresse, an die die E-Mail ging, wird wieder die des Kontos.',
    effect: 'Alle Geräte werden abgemeldet, und Sie bekommen eine E-Mail, um ein neues Passwort zu wählen.',
    submit: 'Diese Adresse wiederherstellen',
    help: 'Wenden Sie sich an die Administration.',
  },
  signedOut: {
    logout: { title: 'Sie haben sich abgemeldet.', detail: '' },
    logout_all: { title: 'Sie haben sich auf allen Geräten abgemeldet.', detail: '' },
    session_revoked: {
      title: 'Sie wurden von einem anderen Gerät aus abgemeldet.',
      detail: 'Jemand, der in Ihrem Konto angemeldet ist, hat die Sitzung dieses Geräts beendet. Wenn Sie das nicht waren, melden Sie sich an und ändern Sie Ihr Passwort.',
    },
    signed_in_again: {
      title: 'Sie haben sich auf diesem Gerät erneut angemeldet.',
      detail: 'Damit endete die frühere Sitzung.',
    },
    reuse_detected: {
      title: 'Sie wurden zu Ihrer Sicherheit abgemeldet.',
      detail: 'Eine Anmeldung dieses Geräts wurde doppelt verwendet. Das geschieht, wenn jemand sie kopiert hat. Wenn Sie weder eine Sicherung eingespielt noch das Gerät geklont haben, ändern Sie Ihr Passwort.',
    },
    password_changed: {
      title: 'Sie wurden abgemeldet, weil Ihr Passwort geändert wurde.',
      detail: 'Melden Sie sich mit dem neuen Passwort an. Wenn Sie es nicht geändert haben, wenden Sie sich an die Administration.',
    },
    roles_changed: { title: 'Ihre Berechtigungen haben sich geändert.', detail: 'Melden Sie sich neu an, um sie zu nutzen.' },
    user_disabled: {
      title: 'Ihr Konto wurde gesperrt.',
      detail: 'Wenden Sie sich an die Administration, wenn Sie das für einen Irrtum halten.',
    },
    user_deleted: { title: 'Ihr Konto wurde gelöscht.', detail: 'Ihre persönlichen Daten sind nicht mehr vorhanden.' },
    admin_revoked: { title: 'Sie wurden von der Administration abgemeldet.', detail: 'Sie können sich wieder anmelden.' },
    expired_idle: {
      title: 'Sie wurden abgemeldet, weil Sie lange nicht hier waren.',
      detail: 'Melden Sie sich an, um fortzufahren.',
    },
    expired_absolute: {
      title: 'Sie wurden abgemeldet, weil Ihre letzte Anmeldung lange zurückliegt.',
      detail: 'Melden Sie sich an, um fortzufahren.',
    },
  },
  signedOutOther: { title: 'Sie wurden abgemeldet.', detail: 'Melden Sie sich an, um fortzufahren.' },

  profile: {
    save: 'Speichern',
    saved: 'Ihr Name wurde gespeichert.',
    roles: 'Rollen',
    noRoles: 'Keine',
    memberSince: 'Konto erstellt',
    lastSignIn: 'Letzte Anmeldung',
    changeEmail: 'Adresse ändern',
  },
  password: {
    intro: 'Wenn Sie Ihr Passwort ändern, werden Sie auf allen anderen Geräten abgemeldet.',
    submit: 'Passwort ändern',
    changed: 'Ihr Passwort wurde geändert. Alle anderen Geräte wurden abgemeldet.',
    wrong:
      'Das aktuelle Passwort ist falsch. Nach vielen falschen Passwörtern wird eine Zeit lang auch das richtige abgelehnt.',
  },
  security: {
    on: 'Zum Anmelden brauchen Sie nach dem Passwort eines davon; das Passwort allein nützt niemandem etwas. Mit einem Passkey melden Sie sich auch ohne Passwort an.',
    off: 'Im Moment genügt Ihr Passwort, um sich in Ihrem Konto anzumelden. Fügen Sie einen Passkey oder eine Authenticator-App hinzu, um es zu schützen.',
    passkeys: 'Passkeys',
    passkeysText: 'Sie melden sich mit Fingerabdruck, Gesicht oder der PIN Ihres Geräts an. Es gibt nichts einzutippen, das andere herausfinden könnten.',
    noPasskeysHere: 'In diesem Browser oder unter dieser Adresse können Passkeys nicht benutzt werden.',
    addPasskey: 'Passkey hinzufügen',
    passkeyAdded: 'Der Passkey wurde hinzugefügt.',
    apps: 'Authenticator-Apps',
    appsText: 'Eine App auf Ihrem Telefon zeigt alle 30 Sekunden einen neuen Code, auch ohne Netz.',
    addApp: 'Authenticator-App hinzufügen',
    appAdded: 'Die Authenticator-App wurde hinzugefügt.',
    unnamed: { passkey: 'Passkey', totp: 'Authenticator-App' },
    added: 'Hinzugefügt',
    lastUse: 'Zuletzt benutzt',
    neverUsed: 'nie',
    rename: 'Umbenennen',
    renameOf: (name) => `Umbenennen: ${name}`,
    renamed: 'Der Name wurde gespeichert.',
    remove: 'Entfernen',
    removeOf: (name) => `Entfernen: ${name}`,
    removeNow: 'Endgültig entfernen',
    removeApp: 'Die Codes dieser App gelten dann nicht mehr.',
    removePasskey:
      'Mit diesem Passkey können Sie sich dann nicht mehr anmelden. Löschen Sie ihn auch dort, wo Ihr Gerät oder Passwortmanager ihn aufbewahrt.',
    removeLast:
      'Das ist der letzte: Danach genügt zum Anmelden wieder das Passwort, und die Wiederherstellungscodes gelten nicht mehr.',
    removed: (name) => `Entfernt: ${name}`,
    codes: 'Wiederherstellungscodes',
    codesText: 'Wenn Sie Ihre Geräte verlieren, meldet jeder dieser Codes Sie einmal an, nach Ihrem Passwort.',
    codesLeft: (count) => (count === 1 ? 'Ein Code ist übrig.' : `${count} Codes sind übrig.`),
    renewCodes: 'Wiederherstellungscodes ersetzen',
    codesRenewed: 'Sie haben neue Wiederherstellungscodes. Die früheren gelten nicht mehr.',
  },
  addPasskey: {
    intro: 'Ihr Browser bittet Sie, das mit Fingerabdruck, Gesicht, PIN oder Sicherheitsschlüssel zu bestätigen.',
    nameHint: 'Damit Sie ihn von Ihren anderen Passkeys unterscheiden können.',
    submit: 'Passkey erstellen',
    expired: 'Das hat zu lange gedauert, oder Ihr Konto wurde inzwischen geändert. Versuchen Sie es noch einmal.',
    rejected: 'Der Passkey wurde nicht angenommen. Vielleicht gehört er schon zu einem Konto.',
  },
  addApp: {
    intro: 'Sie brauchen eine App für Codes auf Ihrem Telefon oder einen Passwortmanager, der sie anzeigt.',
    nameHint: 'Damit Sie sie von anderen unterscheiden können, zum Beispiel der Name Ihres Telefons.',
    scan: 'Scannen Sie dieses Bild mit der App:',
    qr: 'QR-Code mit dem Schlüssel für die Authenticator-App',
    type: 'Oder tippen Sie diesen Schlüssel in die App:',
    open: 'In einer App auf diesem Gerät öffnen',
    codeHint: 'Die sechs Ziffern, die die App jetzt zeigt.',
    confirm: 'Bestätigen',
    wrong: 'Dieser Code stimmt nicht. Nehmen Sie den neuesten, und prüfen Sie, ob die Uhr Ihres Telefons richtig geht.',
  },
  codes: {
    intro:
      'Bewahren Sie diese Codes so auf, dass Sie sie ohne Ihre Geräte finden, zum Beispiel ausgedruckt. Sie werden nur jetzt angezeigt.',
    heading: (host, email) => `Wiederherstellungscodes für ${email} bei ${host}`,
    copy: 'Kopieren',
    copied: 'Die Codes wurden kopiert.',
    notCopied: 'Der Browser hat das Kopieren nicht erlaubt.',
    download: 'Herunterladen',
    print: 'Drucken',
    done: 'Ich habe die Codes aufbewahrt',
  },
  factor: {
    intro: {
      passkey: 'Bestätigen Sie mit Ihrem Passkey: mit Fingerabdruck, Gesicht, der PIN Ihres Geräts oder einem Sicherheitsschlüssel.',
      totp: 'Geben Sie den Code ein, den Ihre Authenticator-App zeigt.',
      recovery_code: 'Geben Sie einen Ihrer Wiederherstellungscodes ein. Er gilt nur einmal.',
    },
    choose: {
      passkey: 'Passkey benutzen',
      totp: 'Authenticator-App benutzen',
      recovery_code: 'Wiederherstellungscode benutzen',
    },
    wrong: {
      passkey: 'Dieser Passkey wurde nicht angenommen. Versuchen Sie es noch einmal, oder benutzen Sie etwas anderes.',
      totp: 'Dieser Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten. Nach vielen falschen Codes wird eine Zeit lang auch der richtige abgelehnt.',
      recovery_code:
        'Dieser Code stimmt nicht oder wurde schon benutzt. Nach vielen falschen Codes wird eine Zeit lang auch der richtige abgelehnt.',
    },
    usePasskey: 'Passkey benutzen',
    missing: 'Geben Sie den Code ein.',
    unusable:
      'Ihr Passkey kann in diesem Browser nicht benutzt werden, und es sind keine Wiederherstellungscodes übrig. Nehmen Sie den Browser oder das Gerät, mit dem Sie ihn erstellt haben.',
  },
  sessions: {
    intro: 'Diese Geräte sind in Ihrem Konto angemeldet. Wenn Sie eines nicht kennen, beenden Sie seine Sitzung und ändern Sie Ihr Passwort.',
    current: 'Dieses Gerät',
    device: (program, system) =>
      program && system ? `${program} auf ${system}` : (program ?? system ?? 'Unbekanntes Gerät'),
    place: 'IP-Adresse',
    unknownPlace: 'unbekannt',
    lastUse: 'Zuletzt benutzt',
    signIn: 'Angemeldet',
    end: 'Sitzung beenden',
    endOf: (device) => `Sitzung beenden: ${device}`,
    ended: (device) => `Die Sitzung wurde beendet: ${device}`,
    endOthers: 'Alle anderen Sitzungen beenden',
    endedOthers: 'Alle anderen Sitzungen wurden beendet.',
    noOthers: 'Sie sind auf keinem anderen Gerät angemeldet.',
  },
  serviceAccounts: {
    intro:
      'Programme, die Dienste selbstständig aufrufen, mit einem Geheimnis anstelle eines Passworts. Ein Programm darf, was die Rollen seines Kontos erlauben.',
    none: 'Es gibt noch keine Dienstkonten.',
    of: (action, name) => `${action}: ${name}`,
    id: 'Client-ID',
    name: 'Name',
    description: 'Beschreibung',
    roles: 'Rollen',
    rolesHint: 'Namen von Rollen, durch Kommas getrennt.',
    lastUse: 'Zuletzt benutzt',
    never: 'nie',
    isDisabled: 'Gesperrt',
    edit: 'Bearbeiten',
    saved: (name) => `Das Dienstkonto wurde gespeichert: ${name}`,
    disable: 'Sperren',
    disabled: (name) => `Das Dienstkonto wurde gesperrt, und seine Tokens sind nicht mehr gültig: ${name}`,
    enable: 'Entsperren',
    enabled: (name) => `Das Dienstkonto wurde entsperrt: ${name}`,
    delete: 'Löschen',
    deleteTitle: (name) => `${name} löschen?`,
    deleteText:
      'Das Konto und seine Geheimnisse werden sofort gelöscht, und seine Tokens sind nicht mehr gültig. Das kann nicht rückgängig gemacht werden.',
    deleted: (name) => `Das Dienstkonto wurde gelöscht: ${name}`,
    createTitle: 'Neues Dienstkonto',
    create: 'Dienstkonto anlegen',
    created: (name) => `Das Dienstkonto wurde angelegt: ${name}. Fügen Sie ihm als Nächstes ein Geheimnis hinzu.`,
    secrets: 'Geheimnisse',
    noSecrets: 'Es gibt kein Geheimnis. Ohne eines kann das Konto nicht benutzt werden.',
    secret: (number) => `Geheimnis ${number}`,
    madeAt: 'angelegt',
    expires: 'Läuft ab',
    addSecret: 'Geheimnis hinzufügen',
    rotation:
      'Um ein Geheimnis zu ersetzen, fügen Sie ein zweites hinzu, stellen Sie das Programm darauf um, und löschen Sie das erste, wenn es nicht mehr benutzt wird.',
    newSecret: 'Das neue Geheimnis, das nie wieder angezeigt wird',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    deleteSecret: (number) => `Geheimnis ${number} löschen`,
    deleteSecretTitle: 'Dieses Geheimnis löschen?',
    deleteSecretText:
      'Programme, die es verwenden, erhalten keine Tokens mehr, und die Tokens, die sie haben, sind nicht mehr gültig.',
    secretDeleted: 'Das Geheimnis wurde gelöscht.',
  },
  data: {
    exportTitle: 'Ihre Daten herunterladen',
    exportText: 'Alles, was über Sie gespeichert ist, als Datei im JSON-Format.',
    exportButton: 'Herunterladen',
    exported: 'Ihre Daten wurden heruntergeladen.',
    deleteTitle: 'Konto löschen',
    deleteText:
      'Ihr Konto und Ihre persönlichen Daten werden sofort gelöscht und können nicht wiederhergestellt werden. Sie werden überall abgemeldet. Anwendungen können eigene Daten behalten.',
    deleteButton: 'Konto endgültig löschen',
    wrong: wrongPassword,
  },
  stepUp: {
    title: 'Bitte bestätigen Sie, dass Sie es sind',
    intro: 'Zu Ihrer Sicherheit ist dafür eine aktuelle Anmeldung nötig.',
    password: 'Geben Sie Ihr Passwort ein, um fortzufahren.',
    noFactor: 'Ihre Rolle verlangt dafür mehr als ein Passwort: einen Passkey oder eine Authenticator-App.',
    addFactor: 'Jetzt hinzufügen',
    submit: 'Weiter',
    wrong: wrongPassword,
  },

  errors: {
    invalidCredentials:
      'E-Mail-Adresse und Passwort passen nicht zusammen, oder das Konto kann nicht benutzt werden. Nach vielen falschen Passwörtern wird eine Zeit lang auch das richtige abgelehnt.',
    emailTaken: 'Mit dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich an, oder verwenden Sie eine andere Adresse.',
    invalidToken:
      'Dieser Link oder Code ist nicht gültig. Er wurde schon benutzt, ist abgelaufen oder wurde durch eine spätere E-Mail ersetzt.',
    invalidCode: 'Dieser Code stimmt nicht oder wurde schon benutzt.',
    tooManyFactors: 'Mehr davon sind nicht möglich. Entfernen Sie zuerst einen Eintrag.',
    passkeyCancelled:
      'Es wurde kein Passkey benutzt. Vielleicht haben Sie abgelehnt, es hat zu lange gedauert, oder auf diesem Gerät ist keiner.',
    passkeyExists: 'Dieses Gerät hat schon einen Passkey für Ihr Konto.',
    passkeyUnavailable: 'In diesem Browser oder unter dieser Adresse können Passkeys nicht benutzt werden.',
    notFound: 'Das gibt es nicht mehr. Bitte laden Sie die Seite neu, und versuchen Sie es noch einmal.',
    invalidFields: 'Bitte prüfen Sie die markierten Felder.',
    notProved: 'Es wurde nichts geändert, weil nicht bestätigt wurde, dass Sie es sind.',
    forbidden: 'Das dürfen Sie nicht: Das Konto hat Rechte oder bekäme Rechte, die Sie selbst nicht haben.',
    secretLimit: 'Ein Konto kann zwei Geheimnisse gleichzeitig haben. Löschen Sie zuerst eines, das nicht mehr benutzt wird.',
    lastAdministrator: 'Außer Ihnen gibt es keine Administratoren. Ernennen Sie zuerst jemand anderen.',
    concurrentUpdate: 'Das wurde im selben Augenblick von anderer Seite geändert. Bitte versuchen Sie es noch einmal.',
    tooLarge: 'Das ist zu viel Text. Bitte kürzen Sie ihn, und versuchen Sie es noch einmal.',
    rateLimited: (wait) => `Zu viele Versuche. Bitte versuchen Sie es ${wait ?? 'später'} noch einmal.`,
    unavailable: (wait) => `Der Dienst ist überlastet oder wird gewartet. Bitte versuchen Sie es ${wait ?? 'später'} noch einmal.`,
    offline: 'Sie sind offline. Bitte versuchen Sie es noch einmal, wenn Sie wieder verbunden sind.',
    unreachable: 'Der Dienst ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.',
    userChanged: 'In einem anderen Tab hat sich jemand anderes angemeldet. Bitte prüfen Sie, wessen Konto das ist, und versuchen Sie es noch einmal.',
    other: (traceId) =>
      `Etwas ist schiefgegangen. Bitte versuchen Sie es später noch einmal${traceId ? `, und melden Sie diese Nummer, wenn es wieder geschieht: ${traceId}` : ''}.`,
  },

  translate(message) {
    const known = serviceMessages.find(([pattern]) => pattern.test(message));
    return known ? message.replace(known[0], known[1]) : message;
  },
};
