"""Spanish words that upper-case registers write without their accents.

Taken from the Spanish labels of ISIC, CPV and the Harmonized System: words that those write with an
accent and never without. Endings in -cion and -sion follow a rule and are not listed.
"""

import unicodedata

_WORDS = """
acuáticos acústica acústicos agroquímicos agrícola agrícolas alcohólicas algodón almacén
almidón alquitrán análisis análogos aromáticos artículos artísticas artísticos asesoría
auditoría automáticas automáticos automóvil automóviles averías avión azúcar aérea aéreo
aéreos baterías biológicas biológico biológicos botánicos básica básicos béisbol cadáveres
café carbón carpintería carrocerías cartografía cartón cerámica cerámicos cinematográficas
cirugía clínicos combustión común conexión confitería consultoría coníferas cosmética
cosméticos crustáceos cría cálculo cámara cámaras cápsulas cárnicos cáscara césped cómputo
demás depósito depósitos dermatología desagüe diagnóstico diagrafía diálisis dióxido doméstico
domésticos económica electrodomésticos electrónica electrónicas electrónico electrónicos
eléctrica eléctricas eléctrico eléctricos energía enfermería escáner escáneres específicos
esquí estantería estándar estátor eólica farmacéutica farmacéuticas farmacéuticos foráneo
fotografía fotográficas fotográficos fábricas férreas físico fútbol ganadería geofísicos
gestión gráficos grúa grúas helicópteros hidráulicas hidráulico hidráulicos hidrógeno
hidróxido higiénico higiénicos históricos hojalatería hormigón hostelería hotelería hígados
húmedo imágenes informática informáticas informático informáticos ingeniería inorgánicas
inorgánicos interconexión inválidos jabón joyería latón lavanderías limón lácteos lámina
lámparas lápices látex línea líneas líquido líquidos magnética magnéticas magnéticos marítima
marítimo maíz mecánica mecánicas mecánico mecánicos mensajería mercancías metalmecánica
metalúrgica metálica metálicas metálicos minería máquina máquinas mástiles médica médicas
médico médicos méxico módulo módulos móvil móviles música neumáticas neumáticos nitrógeno
níquel núcleos odontología oftálmicos orgánicas orgánicos oxígeno pacífico panaderías
pastelería película películas perfumería periférico periféricos periódicos peróxidos
petrolíferos petroquímica petroquímicos petróleo plásticas plástico plásticos policía
poliéster poliésteres polímeros portátiles prótesis pérdida pública público públicos quirófano
quirúrgicos química químicas químico químicos radiodiagnóstico radiología raíces relés
satélite satélites siderúrgica siderúrgicos sintéticas sintético sintéticos sistémico
subterráneas subterráneos tapicería tecnología telefonía telefónicas telefónicos teléfonos
tintorerías tráfico tubería tuberías técnica técnicas técnico técnicos térmica térmicas
térmico térmicos túneles unión vacío vehículos válvulas vías ácido ácidos álabes árboles áreas
óptica óptico ópticos órganos óxido
"""

_COMBINING_ACUTE = "\u0301"


def without_acute(word: str) -> str:
    """Return a word without acute accents; ñ and ü stay."""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", parts.replace(_COMBINING_ACUTE, ""))


ACCENTED = {without_acute(word): word for word in _WORDS.split()}
