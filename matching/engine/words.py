"""Words that say nothing by themselves, in the three languages, without accents."""

ES = """
a al algo algun alguna alguno ante aqui asi aun bajo busca buscamos busco cada como con contra
cual cuando de del desde donde dos e el ella ellos en entre era es esa ese eso esta estan este esto
fue ha hace han hasta hay la las le les lo los mas me mi mis muy necesita necesitamos necesito ni no
nos nuestra nuestro o otra otro para pero por porque que quien quiero quiere se sea segun ser si
sin sobre somos son su sus tambien tan tiene todo todos tu u un una unas uno unos usted y ya
"""
PT = """
a ao aos as ate cada com como da das de dela dele do dos e ela elas ele eles em entre era essa esse
esta este eu foi ha isso isto ja lhe mais mas me mesmo meu minha muito na nao nas nem no nos nossa
nosso num numa o os ou para pela pelas pelo pelos por porque precisa precisamos preciso procuro
procura procuramos qual quando que quem quero se sem ser seu seus so sob sobre sua suas tambem tem
um uma umas uns voce
"""
EN = """
a about all an and any are as at be been but by can for from has have i in into is it its looking
me my need needs no not of on or our seek seeking some that the their them there these they this
those to us want wants was we were what when where which who will with you your
"""

STOP_WORDS = {
    "es": frozenset(ES.split()),
    "pt": frozenset(PT.split()),
    "en": frozenset(EN.split()),
}

# Small words that give one language away; those that two of them share tell nothing.
ES_MARKS = """
el la los las del al y con una uno unos unas para por en su sus que es necesito busco necesitamos
buscamos muy mas hasta segun nuestra nuestro donde hacia sin quien
"""
PT_MARKS = """
o os as do da dos das ao aos e com uma um uns umas para por em no na nos nas seu sua que preciso
procuro precisamos procuramos muito mais ate nossa nosso pelo pela sem nao
"""
EN_MARKS = """
the a an and of for with to in on our we need is are that from by looking who at your which this
"""
MARKS = {
    "es": frozenset(ES_MARKS.split()),
    "pt": frozenset(PT_MARKS.split()),
    "en": frozenset(EN_MARKS.split()),
}
LETTERS = {"es": "ñ¿¡", "pt": "ãõçâêô"}
ENDINGS = {
    "es": ("cion", "ciones", "dad", "ll"),
    "pt": ("cao", "coes", "dade", "agem", "lh", "nh"),
    "en": ("tion", "ing", "ment", "th"),
}
