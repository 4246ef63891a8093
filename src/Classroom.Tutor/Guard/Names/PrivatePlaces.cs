using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Where somebody lives or can be written to, in a plain text: streets, houses, flats, micro-districts and villages in the orders that Kazakh, Russian and
/// English have, e-mail, handles and links. A street without a name and a house without a street are words of a lesson.
/// </summary>
internal static partial class PrivatePlaces
{
    // A house, a flat, an entrance, in any order, after a name.
    private const string Tail = @"(?:[\s,]{1,3}(?:(?:дом|д|уй|кв|квартира|патер|подъезд|подъез|под|корпус|этаж|house|apartment|apt|flat|home|dom|kv|ui|pater|№|#)\.?\s?(?:№\s?)?)?\d{1,4}[а-яa-z]?(?:[/-]\d{1,4})?(?:\s?-?\s?(?:уй|патер|кв|дом|подъезд|квартира|flat|house|dom|kv|ui|pater|apartment)(?:\p{L}{0,6}))?(?![\p{L}\d]))";
    private const string Name = @"[«""]?(?<name>(?:\d+-)?\p{L}[\p{L}\d.'-]*(?:\s[\p{L}][\p{L}.'-]*){0,2}?)[»""]?";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <param name="plain">Lower case, Kazakh letters as their nearest Russian ones.</param>
    /// <param name="isCapital">Whether the original has a capital letter there: a street that has a name begins with one.</param>
    public static IEnumerable<(int Start, int Length)> Find(string plain, Func<int, bool> isCapital)
    {
        var found = Whole(plain, isCapital).ToList();
        foreach (Match part in found.Count > 0 || Lives().IsMatch(plain) ? Part().Matches(plain) : (IEnumerable<Match>)[])
        {
            var (from, to) = (Math.Max(0, plain.LastIndexOfAny(Ends, part.Index)), plain.IndexOfAny(Ends, part.Index + part.Length));
            if (found.Exists(f => f.Start >= from && (to < 0 || f.Start < to)) || Lives().IsMatch(plain[from..(to < 0 ? plain.Length : to)]))
            {
                found.Add((part.Index, part.Length));
            }
        }

        return found;
    }

    private static IEnumerable<(int Start, int Length)> Whole(string plain, Func<int, bool> isCapital)
    {
        foreach (Match m in Contacts().Matches(plain))
        {
            yield return (m.Index, m.Length);
        }

        foreach (Match m in Nicks().Matches(plain))
        {
            yield return (m.Groups["nick"].Index, m.Groups["nick"].Length);
        }

        foreach (var pattern in (Regex[])[StreetFirst(), StreetLast(), StreetInEnglish(), District(), DistrictLast(), Bare(), Complex(), House(), Village(), VillageLast(), VillageInEnglish(), VillageLastInEnglish(), Living(), Numbered(), Index()])
        {
            foreach (Match m in pattern.Matches(plain))
            {
                var (name, tail) = (m.Groups["name"], m.Groups["tail"]);
                var from = m.Groups["from"] is { Success: true } f ? f.Index : m.Index;
                if (!name.Success)
                {
                    yield return (from, m.Index + m.Length - from);
                    continue;
                }

                // A name is written large, unless a number or an abbreviation says that it is an address. Words before it are none of it.
                var isAtStart = name.Index - from <= 1;
                var parts = Word().Matches(name.Value);
                foreach (Match word in parts)
                {
                    var at = name.Index + word.Index;
                    if (!Nobodys.Contains(word.Value) && ((isCapital(at) && parts.All(p => p.Index <= word.Index || isCapital(name.Index + p.Index) || Ranks.Contains(p.Value))) || (tail.Success && m.Groups["sure"].Success)))
                    {
                        var start = word.Index == 0 ? from : at;
                        yield return (start, m.Index + m.Length - start);
                        break;
                    }

                    if (!isAtStart)
                    {
                        break;
                    }
                }
            }
        }
    }

    private static readonly char[] Ends = ['!', '?', '\n', ';'];

    // "Біздің ауыл", "Наша улица" have no name.
    private static readonly IReadOnlySet<string> Ranks = new HashSet<string>(StringComparer.Ordinal) { "би", "хан", "батыр", "жырау", "акын", "bi", "жолы" };
    private static readonly IReadOnlySet<string> Nobodys = WordLists.Set("common");

    [GeneratedRegex(@"[\p{L}\d._%+-]+(?:\s?(?:@|\(at\)|\[at\]|\(ат\)|\[ат\]|\(собака\)|\[собака\])\s?[\p{L}\d-]+(?:\s?\.\s?[\p{L}\d-]+)+|\s(?:собака|at|ат)\s[\p{L}\d-]+\s?(?:\.|\s(?:точка|нукте|dot)\s)\s?(?:ru|kz|com|org|net|ру|кз|ком)(?!\p{L}))|(?<![\p{L}\d])@[\p{L}\d._]{3,}|(?:https?://|www\.|т\.ме/|t\.me/|wa\.me/|vk\.com/)[^\s,;!?)»]+|(?<!\p{L})[\p{L}\d._]{2,}#\d{4}(?!\d)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Contacts();

    [GeneratedRegex(@"(?<!\p{L})(?:инст\p{L}*|insta\p{L}*|телег\p{L}*|telegram|тг|tg|тикток\p{L}*|tiktok|ник|nick\p{L}*|никнейм|discord|дискорд\p{L}*|roblox|роблокс\p{L}*|steam|стим|user(?:name)?|юзер\p{L}*|account|аккаунт\p{L}*|логин|login)(?:\s(?:мой|my|is|в роблоксе|в игре|is my|менин|user(?:name)?|name|nick|account|аккаунт))?\s?[:—–-]?\s?(?:is\s)?(?<nick>(?=[\p{L}._]*[\d_#])[\p{L}\d._#]{4,})", Options, PatternLimit.Milliseconds)]
    private static partial Regex Nicks();

    [GeneratedRegex(@"(?<!\p{L})(?:г(?:ород|\.)\s?\p{L}+,\s?)?(?:(?<sure>ул\.|пр\.|пр-т|пр-кт|пер\.|б-р|ul\.|str\.)|улиц\p{L}{1,2}|проспект\p{L}{0,2}|переул\p{L}{2,4}|бульвар\p{L}{0,2}|набережн\p{L}{2}|шоссе|кошеси(?=\s\p{L}))\s?" + Name + @"(?<tail>" + Tail + @"{1,4})?(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex StreetFirst();

    [GeneratedRegex(@"(?<![\p{L}\d])(?:\p{L}+\sауылы,\s)?" + Name + @"\s(?:кошеси\p{L}*|к-си|данг\p{L}{3,}|д-лы|бульвары\p{L}*|koshesi\p{L}*|улиц(?:а|е|у|ы)(?=,?\s(?:дом|д\.|\d))|проспект(?=,?\s(?:дом|д\.|\d)))(?<sure>)(?<tail>" + Tail + @"{1,4})?(?!\p{L})", Options, PatternLimit.Milliseconds)]
    private static partial Regex StreetLast();

    [GeneratedRegex(@"(?<![\p{L}\d])(?:(?:flat|apt\.?|house)\s\d{1,4},\s)?(?<house>\d{1,4}[a-z]?\s)?" + Name + @"\s(?:street|st\.|st(?=,)|avenue|ave\.?|road|rd\.|lane|boulevard|blvd)(?<tail>" + Tail + @"{1,4})?(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex StreetInEnglish();

    [GeneratedRegex(@"(?<![\p{L}\d])(?:(?<from>\d{1,2}(?:\s?-?\s?(?:й|ши|шы))?\s?-?\s?(?:мкр\.?|микрорайон\p{L}{0,2}|(?:шагын|молтек|ыкшам)\s?аудан\p{L}*|mkr|microdistrict)|(?:микрорайон|microdistrict)\s\d{1,2})|(?:мкр\.?|микрорайон\p{L}{0,2}|microdistrict)\s" + Name + @"(?:-\d+)?)(?<tail>" + Tail + @"{0,4})(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex District();

    [GeneratedRegex(@"(?<![\p{L}\d])" + Name + @"(?:-\d{1,2})?(?:\s(?:(?:шагын|молтек|ыкшам)\s?аудан\p{L}*|мкр\.?|микрорайон\p{L}*)(?<tail>" + Tail + @"{1,4})?|(?<=-\d{1,2}),\s(?:house|дом|уй)\s\d{1,4})(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex DistrictLast();

    // "Абая 10, кв. 5": a name, a number, and a flat.
    [GeneratedRegex(@"(?<![\p{L}\d])(?:\p{L}+,\s)?" + Name + @",?\s\d{1,4}[а-яa-z]?(?:/\d+)?(?:,\s?(?:(?:кв|квартира|apt|flat|apartment|патер|д|дом|kv)\.?\s?\d{1,4}|\d{1,4}\s?-?\s?(?:патер|кв|квартира|flat|уй)\p{L}{0,5})|(?<=\p{L},\s[\p{L}\s]+\s\d{1,4}),\s\d{1,3}(?![\s,.]*\d))(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?<!\p{L})(?:(?:жк|жилой комплекс)\s" + Name + @"|[«""](?<name>[\p{L}\s]+)[»""]\s(?:тургын уй кешени|тк))(?<tail>" + Tail + @"{0,4})(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Complex();

    // A house and a flat, whose street is not said.
    [GeneratedRegex(@"(?<![\p{L}\d])(?:\d{1,4}\s?-?\s?(?:дом|уй|house|dom)\p{L}{0,4}|(?:дом|д\.|house)\s?№?\s?\d{1,4}),?\s(?:\d{1,2}\s?-?\s?подъез\p{L}*,?\s)?(?:\d{1,4}\s?-?\s?(?:квартир\p{L}*|кв|патер\p{L}*|flat|kv)|(?:кв\.?|квартира|flat|apt\.?|apartment)\s?№?\s?\d{1,4})(?![\p{L}\d])|(?<![\p{L}\d])\d{1,4}-уй(?:де|дин|инде)?(?=\sтурам|\sтурад)", Options, PatternLimit.Milliseconds)]
    private static partial Regex House();

    [GeneratedRegex(@"(?<!\p{L})(?:(?:сел(?:о|а)|деревня|поселок|аул)\sназывается|ауыл(?:ым|ымыз|дын|ымыздын)(?:\sаты)?\s?[—:-]?|сел(?:о|е|а|у)|с\.|пос(?:елок|елка|елке|\.)|аул(?:а|е|ы|у)?|деревн(?:я|е|и|ю)|станица|станице|пгт)\s" + Name + @"(?<tail>" + Tail + @"{1,4}|,\sул\.\s?\p{L}+(?:,\s?\d+)?)?(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Village();

    [GeneratedRegex(@"(?<![\p{L}\d])" + Name + @"\s(?:ауыл(?:ы|ын|ына|ында|ынан|ынын|ындагы)|кентин?\p{L}{0,4}|селосы\p{L}*|поселкеси\p{L}*)(?:,\s\p{L}+\sкошеси(?:\s\d{1,4})?)?(?!\p{L})", Options, PatternLimit.Milliseconds)]
    private static partial Regex VillageLast();

    [GeneratedRegex(@"[^\s]+", Options, PatternLimit.Milliseconds)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<!\p{L})village\s(?:of|(?:is\s)?(?:called|named)|name is)\s" + Name + @"(?!\p{L})", Options, PatternLimit.Milliseconds)]
    private static partial Regex VillageInEnglish();

    [GeneratedRegex(@"(?<![\p{L}\d])" + Name + @"\svillage(?!\p{L})", Options, PatternLimit.Milliseconds)]
    private static partial Regex VillageLastInEnglish();

    // A name and a number, where somebody says that he lives there.
    [GeneratedRegex(@"(?<!\p{L})(?:адрес\p{L}*|мекенжай\p{L}*|жив(?:у|ем|ет)|переехал\p{L}{0,1}|moved to|address|live[sd]?|уйим|home|дом)(?:\s(?:по|на|в|at|in|on|is|бар))?[\s:]{1,2}(?<from>" + Name + @",?\s\d{1,4}[а-яa-z]?(?:[/-]\d{1,4})?(?:,\s?\d{1,4})?)(?![\p{L}\d])|(?<![\p{L}\d])(?<from>" + Name + @",?\s\d{1,4}(?:[/-]\d{1,4})?)(?=,?\s(?:есть мой дом|наш адрес|мой адрес|вот адрес|наш дом|биздин уй|менин уйим|мекенжай|is our home|is my home|is my house|is our house|that is my house|is where i live))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Living();

    // "House 118, Nursat", and a name with a number that no class has: "Сатпаева 22а".
    [GeneratedRegex(@"(?<!\p{L})(?:house|flat|apartment|apt\.?)\s\d{1,4},\s" + Name + @"(?=,|\sis\s|\.|$)|(?<![\p{L}\d])" + Name + @"\s(?:1[2-9]|[2-9]\d|1\d\d)\s?[абвг](?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<!\p{L})(?:турам(?:ын|ыз)|тураты[нм]\p{L}*|живу|живем|i live|we live|уйиме|биздин уй)(?!\p{L})", Options, PatternLimit.Milliseconds)]
    private static partial Regex Lives();

    // What belongs to an address where there is one in the sentence.
    [GeneratedRegex(@"(?<![\p{L}\d])(?:\d{1,4}\s?-?\s?(?:уй|патер|дом|кв|квартир|подъезд|этаж)\p{L}{0,5}|(?:дом|д\.|кв\.?|квартира|подъезд|house|flat|apartment|apt\.?)\s?№?\s?\d{1,4}|\p{L}+-\d{1,2}(?=\s?(?:деги|дагы|да|де)(?!\p{L})))(?![\p{L}\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Part();

    [GeneratedRegex(@"(?<!\p{L})(?:индекс\p{L}*|zip(?:\scode)?|postcode|postal code)\s?(?:is|:|—)?\s?(?<from>\d{6})(?!\d)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Index();
}
