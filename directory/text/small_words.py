"""Words that say little by themselves: "the", "my", and around here also "group" and "help".

Folded, in the languages of the site. Words that mean something in another of these languages
are left out: "son" is a small word in French and Spanish, and somebody's child in English.
"""

SMALL_WORDS = frozenset(
    # English, with what is left of "I'm", "don't" and "we've" when the apostrophe has gone.
    "a about after all also am an and any are as at be been before being but by can could d did "
    "do does doesn doing don for from get gets getting got had has have having he her here hers "
    "him his how i if in into is isn it its itself just ll m me my myself no nor not now of off "
    "on onto or our ours out over own re s she should so some t than that the their them then "
    "there these they this those to too until up us ve very was we were what when where which "
    "while who whom whose why will with would you your yours im ive dont cannot cant didnt wont "
    # Spanish
    "al ante con cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso "
    "esta estan estar este esto estoy fue ha han has hasta hay he la las le les lo los mas me mi "
    "mia mio mis mucho muy ni nos nosotros nuestra nuestro o os para pero por porque que quien se "
    "ser si sobre soy su sus tambien te tengo ti tiene tu tus un una uno unos y ya yo "
    # French
    "ai alors as au aussi aux avec avoir avait c ce ces cette chez comme d dans de depuis des du "
    "elle elles en est et ete etre eu il ils j je l la le les leur leurs lui ma mais me mes moi "
    "mon n ne nos notre nous on ont ou par pas plus qu quand que qui sa sans se ses si sont suis "
    "sur ta tes toi tous tout tres tu un une vos votre vous y "
    # Arabic
    "ان او اي اذا التي الذي الذين انا انت انها انه بعد بين ثم حول عن عند علي في فيه قبل "
    "قد كان كانت كل كيف لا لان لدي لقد لك لم لن له لها لي ليس ما ماذا مع من منذ نحن هذا هذه هل "
    "هم هو هي هناك و يا الي حتي".split()
)

# What people write around the thing they look for. It is looked for like any other word, and may
# stay away where everyday words have told already what is meant: "I need help with my drinking".
FILLERS = frozenset(
    "advice ago always anonymous anybody anyone around badly because bit circle class club "
    "community condition conditions cope copes coping day days deal dealing diagnosed diagnosis "
    "disease ever every everyday everything experience experiences face facing feel feeling "
    "feelings feels find finding free group groups hard hello help helping helps hi illness join "
    "joining keep keeps know last lately like listen little live living local look looking lot "
    "lots make makes making many maybe meet meeting meetings meetup month months much near nearby "
    "need needed needs never new newly night nights nothing ok okay one online only other others "
    "people person please problem problems really recent recently right same similar since "
    "somebody someone something soon sort start started still stop struggle struggles struggling "
    "suddenly support supporting talk talking tell thank thanks thing things think thinking time "
    "today tonight tried try trying understand understands used waiting wanna want wanted wants "
    "week weeks without year years yesterday "
    # Whose: "my uncle died" is looked for by what happened.
    "aunt boyfriend brother brothers child children cousin dad daughter daughters father friend "
    "gran grandad granddad grandfather grandma grandmother grandpa girlfriend husband kid kids "
    "mom mother mum nan nephew niece parent parents partner sister sisters son sons spouse "
    "stepdad stepmum uncle wife "
    # Spanish
    "anonimas anonimos enfermedad "
    "alguien apoyo ayuda ayudar ayer busco buscar cerca como comunidad conmigo grupo grupos "
    "hablar hace hoy linea meses mucha necesito noche pasada pasado persona personas puedo "
    "quiero reunion reuniones semana siento superar tema vivir vivo ano anos gente poder "
    "abuela abuelo amiga amigo esposa esposo hermana hermano hija hijo hijos madre mama marido "
    "mujer novia novio padre padres papa pareja tia tio "
    # French
    "anonyme anonymes maladie "
    "aide aider association besoin bien cherche chercher comment communaute entraide envie faire "
    "fait faut groupe groupes hier jour jours ligne mois nuit parler personne personnes peur "
    "pres quelqu rencontre rencontres reunion reunions semaine sens soutien trop trouver veux "
    "ami amie compagne compagnon copain copine enfant enfants femme fille fils frere maman mari "
    "mere papi mamie oncle parents pere soeur tante vivre vouloir ans "
    # Arabic
    "احتاج اريد اشعر ابحث التعامل اليوم الدعم الناس دعم شخص كثيرا لقاء لقاءات مجموعات مجموعه "
    "مرض المرض "
    "ابني ابنتي ابي اخي اختي امي زوجتي زوجي صديقي صديقتي طفلي عمي والدتي والدي "
    "مجموعتي مساعده المساعده نفسي يساعدني مشكله جدا".split()
)

# Of these, the ones that somebody may have wanted to type when they mistyped a word.
OWN_NOUNS = frozenset(
    "group help meeting support apoyo ayuda grupo reunion aide entraide groupe soutien "
    "دعم لقاء مجموعه مساعده".split()
)

# Right as they stand, even where no group uses them: "youth" is not a mistyped "south".
ORDINARY = frozenset(
    "adult adults afternoon afternoons arabic asian autumn black boys catholic christian christmas "
    "church city deaf drop east elderly english evening evenings female french friday gender girls "
    "hybrid jewish ladies lunchtime male mens monday morning mornings mosque muslim north older "
    "outdoor polish queer quiet saturday school seniors signed silent south spanish spring student "
    "students summer sunday teen teenage teenager teenagers teens therapy thursday town tuesday "
    "university urdu veteran veterans video village virtual walk walking wednesday weekday "
    "weekdays weekend weekends welsh west winter woman womens women workshop yoga young younger "
    "youth zoom "
    # Spanish
    "chicas chicos domingo espanol fin frances hombres ingles jovenes jueves juventud lunes manana "
    "martes mayores miercoles mujeres noches sabado tardes viernes "
    # French
    "anglais apres dimanche espagnol etudiants femmes filles francais hommes jeudi jeune jeunes "
    "lundi mardi matin mercredi midi samedi soir vendredi "
    # Arabic
    "الاثنين الاحد الاربعاء الانجليزيه الثلاثاء الجمعه الخميس السبت الشباب رجال شباب صباحا مساء "
    "نساء".split()
)
