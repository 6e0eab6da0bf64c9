"""What generated expressions are made of: ``$kind`` in a pattern stands for another expression of that kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Kind: TypeAlias = str
"""A key of LITERALS, or ``any`` for any of them. ``list``, ``set`` and ``map`` hold strings; ``index`` is a small whole number."""

LITERALS: Mapping[Kind, str] = {
    "string": r"""
"" "a" "B" "10" "1.50" "true" "null" "Hello, World" "ünïcödé" "a,b,,c" " pad\t" "<&>\"" "$${x} %%{y}" "\u00e9\U0001F600"
"2025-01-31T23:59:59Z" "10.0.0.0/16" "aGVsbG8=" "line\nbreak\n" "é" "{\"a\":[1,2.50,null]}" "%s-%d" "-07" "0x1F" "1e3" "ß" "🇩🇪x"
""",
    "number": "0 1 2 3 5 10 0.1 1.5 2.25 -1 -2.5 1e3 1e-7 123456789012345678901234567890 0.30 1e21 9007199254740993 -0",
    "index": "0 1 2 3 -1",
    "bool": "true false",
    "list": """[] ["a"] ["b","a",""] ["x",null] ["1",2,true] tolist(["q","r","q"]) split(",","a,b,c") tolist([])""",
    "numbers": """[] [3,1,2] [1.5] tolist([10,"9",8]) range(4) range(5,0,-2)""",
    "set": """toset([]) toset(["b","a","B","é"]) toset([3,20,1])""",
    "map": """{} {a="x",b="y"} {"k 1"="v",(local.key)="w"} tomap({z=1,y="two"}) {a=null} tomap({})""",
    "object": """{} {name="n",size=3,tags={a="b"}} {name="m",list=[1,"x"],flag=true}""",
    "objects": """[] [{name="a",size=1},{name="b",size=2}] [{name="a"},{name="c",size=null}] tolist([{name="q",size=0}])""",
}

REFERENCES: Mapping[Kind, str] = {
    "string": """var.text var.nothing local.name module.child.name var.tags["Project"] var.tags["cost:code"]
var.anything.name path.module terraform.workspace terraform_data.later.input terraform_data.counted[1].input
var.list_of_tables[0].name one(var.tables.orders.indexes[0].keys)""",
    "number": "var.number local.count var.sizes.large var.tables.orders.ttl var.anything.nested.deep[1].a var.list_of_tables.1.size",
    "index": "local.count length(var.texts)",
    "bool": """var.flag contains(var.set,"orders")""",
    "list": """var.texts local.list var.list_of_tables[*].name keys(var.tags) terraform_data.counted[*].input
var.no_list var.list_of_tables.*.name var.anything.list""",
    "numbers": "var.numbers var.anything.nested.deep[*].a values(var.sizes) var.anything.nested.deep.*.a",
    "set": "var.set toset(var.texts) toset(keys(var.tables)) var.tables.orders.indexes[1].keys",
    "map": "var.tags var.sizes local.map",
    "object": """var.tables.orders var.tables["campaigns"] var.anything var.tables local.object terraform_data.each["orders"].input""",
    "objects": """var.list_of_tables values(var.tables) var.tables.orders.indexes values(terraform_data.each)[*].input""",
}

HIDDEN: Mapping[Kind, str] = {
    "string": "terraform_data.later.id terraform_data.later.output var.secret module.child.secret var.secrets.user",
    "number": "length(terraform_data.later.id) sensitive(4)",
    "index": "sensitive(1)",
    "bool": """terraform_data.later.id=="x" var.secret=="hunter2\"""",
    "list": """[var.secret,terraform_data.later.id] terraform_data.counted[*].id split(",",terraform_data.later.id)""",
    "numbers": "[length(terraform_data.later.id),2]",
    "set": """toset([terraform_data.later.id]) sensitive(toset(["a"]))""",
    "map": "var.secrets {a=terraform_data.later.id} {a=var.secret,b=1} module.child.map",
    "object": "module.child {a=terraform_data.later.id,b=[var.secret]}",
    "objects": """[{name=terraform_data.later.id,size=1}] [{name=var.secret,size=1},{name="b"}]""",
}
"""Sensitive, or known only after apply."""

PATTERNS: Mapping[Kind, str] = {
    "string": r"""
upper($string)
lower($string)
title($string)
trimspace($string)
chomp($string)
strrev($string)
trim($string, $string)
trimprefix($string, $string)
trimsuffix($string, $string)
replace($string, $string, $string)
replace($string, "/([a-z])[a-z]*/", "<$1>")
substr($string, $index, $index)
indent($index, $string)
join($string, $list)
join($string, $set)
join($string, $list, $list)
format("%s/%s", $string, $any)
format("%03d|%5.2f|%x", $index, $number, $index)
format("%v %#v", $any, $any)
format("%q %-5s|%5s|", $string, $string, $string)
format("%t %e %g", $bool, $number, $number)
format("%[2]v %[1]v", $any, $any)
format($string, $string)
regex("[a-z]+", $string)
regex("^(\\w+)-", $string)[0]
jsonencode($any)
yamlencode($any)
base64encode($string)
base64decode(base64encode($string))
base64gzip($string)
textencodebase64($string, "UTF-16LE")
textdecodebase64(textencodebase64($string, "UTF-8"), "UTF-8")
urlencode($string)
md5($string)
sha1($string)
sha256($string)
sha512($string)
base64sha256($string)
base64sha512($string)
uuidv5("dns", $string)
formatdate("YYYY-MM-DD'T'hh:mm:ssZ EEE MMM", "2024-02-29T01:02:03+02:00")
timeadd("2024-02-28T00:00:00Z", "${$index}h")
cidrsubnet("10.0.0.0/8", 8, $index)
cidrhost("10.1.2.0/24", $index)
cidrnetmask($string)
basename($string)
dirname($string)
element($list, $index)
coalesce($string, $string)
coalesce($list...)
lookup($map, $string, $string)
lookup($map, $string)
tostring($any)
tostring($number)
tostring($bool)
try($object.name, $string)
one($list)
one($set)
nonsensitive($string)
sensitive($string)
templatestring(local.key, $map)
"${$string}"
"<${$string}|${$number}|${$bool}>"
"%{ if $bool }${$string}%{ else }no%{ endif }"
"%{ for x in $list }${x},%{ endfor }"
"%{ for k, v in $map ~} ${k} = ${v} %{~ endfor }"
" ${~ $string ~} "
$list[$index]
$map[$string]
$object.name
$objects[$index].name
$map.a
$bool ? $string : $string
$bool ? $string : $number
$bool ? $number : $string
$bool ? null : $string
""",
    "number": r"""
abs($number)
ceil($number)
floor($number)
signum($number)
max($number, $number, $number)
min($number, $number)
max($numbers...)
pow($number, $index)
log($number, 2)
parseint("1f", 16)
parseint($string, 10)
length($list)
length($string)
length($map)
length($object)
length($any)
sum($numbers)
index($list, $string)
tonumber($string)
tonumber($number)
element($numbers, $index)
coalesce($number, 1)
timecmp("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")
length(regexall("[aeiou]", $string))
length(distinct($list))
$number + $number
$number - $number
$number * $number
$number / $number
$number % $number
-$number
$string + $number
$bool ? $number : $number
$numbers[$index]
$objects[0].size
$object.size
""",
    "index": r"""
length($list)
$index + 1
$bool ? 1 : $index
min($index, 2)
""",
    "bool": r"""
$any == $any
$string == $string
$number != $number
$list == $list
$map == $map
$number < $number
$number >= $number
$string > $number
$bool && $bool
$bool || $bool
!$bool
!$string
contains($list, $string)
contains($set, $string)
contains($numbers, $number)
can($object.name)
can(tonumber($string))
can($list[$index])
startswith($string, $string)
endswith($string, $string)
strcontains($string, $string)
tobool($string)
tobool($bool)
alltrue([$bool, $bool])
anytrue([$bool, $bool])
issensitive($any)
alltrue([for x in $list : x != null])
contains(keys($map), $string)
can(regex("^[a-z]", $string))
$string == null
$list != null
$number == tonumber($string)
""",
    "list": r"""
concat($list, $list)
concat($list, $numbers)
distinct($list)
reverse($list)
sort($list)
sort($set)
compact($list)
slice($list, 0, $index)
chunklist($list, 2)[0]
chunklist($list, 2)
split($string, $string)
keys($map)
keys($object)
values($map)
values($object)
formatlist("%s-%s", $list, $string)
formatlist("%s=%v", keys($map), values($map))
tolist($set)
tolist($list)
flatten([$list, [$list, [$string]]])
flatten([$list, $set])
matchkeys($list, $list, $list)
regexall("[a-z]+", $string)
regexall("([a-z])(.)", $string)
coalescelist($list, $list)
$objects[*].name
$objects.*.name
$object[*].name
tolist(setsubtract($set, $set))
try($list, [$string])
convert($list, list(string))
$list[*]
$string[*]
[$string, $string]
[$any, $any]
jsondecode(jsonencode($list))
yamldecode(yamlencode($list))
tolist(setproduct($list, $list))
cidrsubnets("10.0.0.0/16", 4, 4, 8)
$bool ? $list : []
$bool ? $list : $list
$bool ? [$string] : $list
[for x in $list : x if x != $string]
sort($list)[*]
""",
    "numbers": r"""
concat($numbers, $numbers)
[$number, $number]
reverse($numbers)
distinct($numbers)
range($index)
range($index, 5)
slice($numbers, 0, 1)
tolist([$number, $number])
flatten([$numbers, $number])
values({a = $number, b = $number})
[for x in $numbers : x * 2]
[for i, x in $list : i]
""",
    "set": r"""
toset($list)
toset($set)
setunion($set, $set)
setintersection($set, $set)
setsubtract($set, $set)
toset(concat($list, $list))
toset(keys($map))
toset([$string, $string])
toset($numbers)
toset($objects)
$bool ? $set : []
$bool ? $set : $list
""",
    "map": r"""
merge($map, $map)
merge($map, $map, $map)
merge([$map, $map]...)
merge($objects...)
zipmap($list, $list)
zipmap(["a", "b"], [$string, $string])
tomap($map)
tomap($object)
{a = $string, b = $string}
{($string) = $string, b = $string}
transpose({a = $list, b = $list})
jsondecode(jsonencode($map))
yamldecode(yamlencode($map))
try($map, {})
convert($map, map(string))
{for o in $objects : o.name => o.size...}
{for k, v in $map : k => upper(v)}
{for i, x in $list : "k${i}" => x}
{for x in $set : x => length(x)}
{for k, v in $map : v => k...}
{for x in $list : x => x}
{for k, v in $map : k => v if v != $string}
$bool ? $map : {}
$bool ? $map : $map
$bool ? $map : null
""",
    "object": r"""
merge($object, $map)
merge($object, $object)
{name = $string, size = $number, list = $list}
{a = $any, "b c" = $any}
jsondecode(jsonencode($object))
yamldecode(yamlencode($object))
try($object, $map)
{for o in $objects : o.name => o}
{for k, v in $object : k => v}
$objects[$index]
element($objects, $index)
regex("(?P<first>[a-z])(?P<rest>.*)", $string)
convert({name = $string, extra = 1}, object({name = string, size = optional(number, 7)}))
convert($object, object({name = optional(string, "none"), tags = optional(map(string), {})}))
$bool ? $object : $object
$bool ? $object : null
lookup({a = $object}, "a", {})
one($objects)
jsondecode("{\"a\": [1, 2.0, \"x\", null, {\"b\": true}]}")
yamldecode("a: [1, 0x1F, ~, 'x']\nb: {c: 2024-01-01, d: yes}")
""",
    "objects": r"""
[$object, $object]
[{name = $string, size = $number}]
values({a = $object, b = $object})
flatten([[$objects], $objects])
concat($objects, $objects)
[for k, v in $map : {name = k, size = v}]
[for i, x in $list : {name = x, size = i}]
[for o in $objects : merge(o, {name = $string})]
[for o in $objects : o if can(o.size + 1)]
csvdecode("name,size\na,1\nb,2")
setproduct($list, $list)
setproduct($list, $set)
distinct($objects)
tolist([{name = $string}, {name = $string}])
convert($objects, list(object({name = optional(string), size = optional(number, 5)})))
reverse($objects)
flatten([for k, v in var.tables : [for i in v.indexes : {name = "${k}-${i.name}", size = v.ttl}]])
""",
}


def words(text: str) -> tuple[str, ...]:
    """The expressions of LITERALS and the like: apart by white space outside of quotes and brackets."""
    found: list[str] = []
    current, depth, quoted, before = "", 0, False, ""
    for character in text:
        quoted ^= character == '"' and before != "\\"
        if not quoted:
            depth += (character in "([{") - (character in ")]}")
        if character.isspace() and not quoted and depth == 0:
            found.append(current)
            current = ""
        else:
            current += character
        before = character
    return tuple(word for word in [*found, current] if word)


def lines(text: str) -> tuple[str, ...]:
    """The expressions of PATTERNS."""
    return tuple(line for line in text.split("\n") if line)
