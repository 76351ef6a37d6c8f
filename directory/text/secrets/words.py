"""The words that secrets stand beside, in the languages that feeds come in."""

import re

from directory.text.folding import shadow

# One says "password" with these. Most are matched inside longer words as well.
PASSWORD = (
    "password", "passcode", "pass code", "pass-code", "pass word", "pass-word", "passphrase",
    "pass phrase", "passkey", "pass key", "passwort", "kennwort", "zugangscode", "zugangswort",
    "contraseña", "contrasenya", "palabra clave", "clave de acceso", "clave", "mot de passe",
    "mots de passe", "code d'accès", "code d accès", "code secret", "senha", "palavra-passe",
    "palavra passe", "wachtwoord", "toegangscode", "lösenord", "adgangskode", "passord",
    "salasana", "hasło", "heslo", "jelszo", "jelszó", "parola", "parolă", "şifre", "parool",
    "slaptažodis", "пароль", "код доступа", "κωδικός", "密码", "密碼", "パスワード",
    "パスコード", "비밀번호", "암호",
    "كلمة السر", "كلمة المرور", "الرمز السري", "رمز المرور", "סיסמה", "סיסמא", "gwt cyfrinair",
    "cyfrinair", "passcod", "pascode", "pasword", "passwrd", "pswd", "passwd", "psswd",
)  # fmt: skip
SHORT_PASSWORD = ("pwd", "pw", "p/w", "p.w.", "psw", "pwrd", "mdp", "m.d.p.")

# These say it too, but ordinary text has them as well: a value must look like one.
CODE = (
    "code", "codes", "pin", "pins", "pass", "código", "cod", "codice", "kod", "kode", "koodi",
    "codi", "geheimzahl", "código de acceso", "código de entrada", "código de la reunión",
    "código de reunión", "code d'entrée", "code de la réunion", "code de réunion",
    "codice di accesso", "código da reunião", "kenncode", "pc", "p.c.", "pcode", "key", "llave",
    "clé", "schlüssel", "access key", "security key", "host key", "room key", "sala", "code pin",
    "gate code", "door code", "key code", "кода", "код", "رمز", "コード",
)  # fmt: skip
NOT_A_CODE_AFTER = (
    "post",
    "postal",
    "zip",
    "dress",
    "area",
    "country",
    "dialling",
    "dialing",
    "colour",
    "color",
    "bar",
    "qr",
    "moral",
)

# Numbers of a meeting or a conference.
NUMBER = (
    "id", "ids", "i.d.", "i.d", "i d", "id no", "id number", "pmi", "m.id", "mid",
    "meeting number", "meeting no", "meeting nr", "meeting num", "meeting #", "meeting code",
    "webinar number", "conference number", "conference no", "conference code", "conf code",
    "bridge number", "zoom number", "zoom no", "zoom #", "zoom code", "room id", "identificador",
    "identificación", "identifiant", "identificativo", "identyfikator", "kennung", "kenn-nr",
    "sitzungsnummer", "besprechungsnummer", "número de reunión", "número de la reunión",
    "nº de reunión", "n° de réunion", "no de réunion", "numéro de réunion", "numéro de la réunion",
    "numéro de conférence", "número da reunião", "vergadering-id", "идентификатор", "номер",
    "会议号", "會議號", "ミーティングID", "معرف الاجتماع",
)  # fmt: skip

# A word after "password" that shows that no password follows.
NO_VALUE = frozenset(
    """
    a about above add after all also am an and any apply are as ask at available be because been
    before being below below. bring but by call called can case change changed changes changing
    check comes contact details do does e-mail each either email emailed every except first
    follows for free from get given gives group has have here how if in information info is
    isn't it its just link listed mail manager may meeting message more must necessary need
    needed needs never new no none not now obtain of off on once only open optional or our out
    please posted private protected protection provided read register registration request
    requested require required requires reset same see send sent shared so soon supplied text
    than that the their then there they this to unless until upon use used via was we when where
    which who will with without you your zoom para por de del la el los las se es que en con al
    y o u si no sin una un le les pour par du des une et ou est sont sera dans avec sans sur
    demande demander demandée requis requise necesaria requerida solicitar pedir disponible
    fournie donnée envoyée und oder für mit ohne bei auf der die das wird ist sind bitte per auf
    anfrage erforderlich nötig
    """.split()
)

# Words that carry nothing once the secret between them is gone.
GLUE = frozenset(
    """
    ring speak see write ask a an access address adresse al and at audio auf available be below
    bei by call calling can case clic click code codes conference conf conferencia connect
    contact code connection correo d dar de del details dial dial-in dialin dialing die e e-mail
    el email emailing enlace enter for fill follow get google group groupe grupo here help hier
    host i id ids in info information international invitation invite is it its jitsi join
    joining le la lien line link links live llamar lo log login mail may meet meeting meetings
    messenger microsoft mobile mobil more mtg need needed needs no no. nr number numbers nummer
    numero of on one one-tap online only or our par para participate pass passcode password per
    phone phones pin please pm pmi por pour pwd pw pass question questions reach reunion réunion
    room sala se send signal site skype sms tap teams tel telephone telefon telefono téléphone
    telegram text the then as this totoll toll-free und unirse unser url us use using video
    videoconference via virtual visit we web webex website whatsapp whereby will with y you your
    zoom zum ou oder o u et mit pour rejoindre beitreten participar ingresar entrar i.d
    meeting's zoom's desktop computer tablet laptop smartphone app
    """.split()
)

# What wants a word behind it: "call …", "e-mail … for details".
WANTS_OBJECT = frozenset(
    """
    called named at to on via by with from of is are call text phone ring email e-mail emailing
    contact contacting calling texting dial ask for use using visit through or and a en por al
    con chez à par de an bei mit über
    """.split()
)

# Words of a label in front of a secret; they go with it.
LABEL = (
    GLUE
    - WANTS_OBJECT
    - frozenset("meeting meetings online group live only it is room site help".split())
    - frozenset("video virtual sala info".split())
) | frozenset("call dial phone text email e-mail contact".split())

PLACE_NOUNS = frozenset(
    """
    abbey academy alano annex annexe arms avenue ave barn basement building cafe campus
    cathedral center centre chapel chapter church clinic club college community company corner
    council court courthouse district drive east entrance fellowship firehouse floor foundation
    friends garden gardens grange group guildhall hall hospital hotel house hub inn institute
    intergroup kitchen lane library lodge lounge main manor mission museum north office offices
    park parish place place. police pub residence restaurant road room school service services
    society south square station street studio suite synagogue temple theatre tower trust
    university unit upstairs vestry village west ymca ywca iglesia église kirche salle monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december am pm noon midnight open closed step steps big
    book birthday birthdays zoom meet google teams skype webex jitsi whatsapp telegram signal
    discord phone tel telephone mobile cell fax dial text call contact email e-mail id pmi pin
    ring ask speak see write passcode password meeting online hybrid join link video us uk usa
    note notes info information questions new the a an our all please for or and at on in by to
    """.split()
)


def any_of(words: tuple[str, ...]) -> str:
    """A pattern for any of `words` as they look in a shadow; a space stands for any gap."""
    folded = sorted({shadow(word)[0].lower() for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s_-]*") for word in folded)
