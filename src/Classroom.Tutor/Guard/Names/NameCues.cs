using System.Buffers;
using System.Collections.Frozen;

namespace Classroom.Tutor;

/// <summary>Whether the words around a doubtful one speak of a person or of a thing.</summary>
internal sealed class NameCues(string text, IReadOnlyList<NameWord> words)
{
    private static readonly FrozenSet<string> Says = WordLists.Set("cues", "says"), Does = WordLists.Set("cues", "does", "says"), Is = WordLists.Set("cues", "is"), Tale = WordLists.Set("cues", "tale"), Left = WordLists.Set("cues", "left"), Right = WordLists.Set("cues", "right"),
        Near = WordLists.Set("cues", "near"), Thing = WordLists.Set("cues", "thing"), Notion = WordLists.Set("cues", "notion"), Common = WordLists.Set("common");

    private static readonly FrozenSet<string> Pronouns = ["you", "i", "we", "it", "he", "she", "they", "ты", "вы", "сен", "сиз"];
    private static readonly string[] Governed = ["га", "ге", "ка", "ке", "мен", "бен", "пен", "дан", "ден", "тан", "тен", "нан"];
    private static readonly string[] Mine = ["дым", "дим", "тым", "тим", "дык", "дик", "тык", "тик", "мыз", "миз", "мын", "мин", "сам", "сем", "ныз", "низ"];
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?…\n;—–(");
    private static readonly FrozenSet<string> And = ["и", "мен", "пен", "бен", "and", "да", "с"];
    private static readonly FrozenSet<string> Named = ["атым", "есимим", "аты", "есими", "жоним", "зовут", "name", "фамилия", "named", "тегим"];
    private static readonly FrozenSet<string> Labels = ["автор", "авторы", "ученик", "ученица", "окушы", "орындаган", "выполнил", "выполнила", "student", "author", "by"];

    /// <summary>Begins sentences so often that its capital letter says nothing.</summary>
    public static bool IsCommon(NameWord word) => Common.Contains(word.Listed) && word.Plain is not "ким";

    /// <summary>Who is a friend, a sister, a teacher stands before it, or what one is called after it.</summary>
    public bool IsKin(int at) => (Listed(at - 1) is var before && Left.Contains(before) && (IsJoined(at) || (words[at].Gap == ". " && before is "mr" or "mrs" or "ms" or "miss" or "dr"))) || (IsJoined(at + 1) && Endings.StrictBases(Listed(at + 1), isCapital: false).Any(Right.Contains));

    /// <summary>The very next word, or the one before, is what only people do.</summary>
    public bool IsDoing(int at) => (IsJoined(at + 1) && (Does.Contains(Listed(at + 1)) || (Listed(at + 1) is "дала" && Near.Contains(Listed(at + 2))) || (Listed(at + 1) is "не" && Does.Contains(Listed(at + 2))))) || (words[at].Gap == " " && Does.Contains(Listed(at - 1)) && words[at].IsCapital);

    /// <summary>The very next word is what no thing does.</summary>
    public bool IsSaying(int at) => IsJoined(at + 1) && words[at + 1].Gap == " "
        && (Says.Contains(Listed(at + 1)) || ((Near.Contains(Listed(at + 1)) || Listed(at + 1) is "не") && Says.Contains(Listed(at + 2))) || IsFriend(at) || (Listed(at + 1) is "деп" && Listed(at + 2).StartsWith("ата", StringComparison.Ordinal)));

    /// <summary>Something that only people do, or whoever writes, is named near by; or it is joined to another person.</summary>
    /// <param name="isDoingEnough">False for who is known to everybody: Abai wrote poems.</param>
    public bool IsPerson(int at, Func<int, bool> isName, bool isDoingEnough = true)
    {
        if (Pronouns.Contains(Listed(at + 1)))
        {
            // "May I ask?", "Will you help me?"
            return false;
        }

        if (IsPlainly(at) || IsWithMe(at) || Thing.Contains(Listed(at + 1)) || IsOwner(at) || (isDoingEnough && (IsDoing(at) || IsDoingNext(at) || IsGoverned(at))))
        {
            return true;
        }

        var (isBefore, isAfter) = (And.Contains(Listed(at - 1)) && IsAt(at - 2) && words[at - 2].IsCapital, And.Contains(Listed(at + 1)) && IsAt(at + 2) && words[at + 2].IsCapital);
        return (isAfter && (isName(at + 2) || (isDoingEnough && (Does.Contains(Listed(at + 3)) || IsNear(at + 2))))) || (isBefore && (isName(at - 2) || (isDoingEnough && (IsDoing(at) || IsNear(at)))))
            || (And.Contains(Listed(at - 1)) && IsAt(at - 2) && isName(at - 2));
    }

    /// <summary>Also where what follows might be said of a thing.</summary>
    public bool IsPlainly(int at) => IsKin(at) || IsFriend(at) || IsNear(at);

    /// <summary>Of a tale, a book or a place: "Ваня из сказки", "Tom and Jerry is a cartoon", "Баян сұлу жыры".</summary>
    public bool IsTold(int at)
    {
        if (IsAt(at) && Tale.Contains(Listed(at - 1)) && words[at].Gap.AsSpan().IndexOfAny("«\"“") >= 0)
        {
            return true;
        }

        for (var i = at + 1; i <= at + 6 && i < words.Count && words[i].Gap.AsSpan().IndexOfAny(".!?\n;") < 0; i++)
        {
            if (Tale.Contains(Listed(i)) && (words[i].Gap.AsSpan().IndexOfAny("—–") >= 0 || Listed(i - 1) is "из" or "a" or "the" || (words[i].Plain.Length > 0 && i <= at + 3 && !Does.Contains(Listed(at + 1)))))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDoingNext(int at) => IsJoined(at + 1) && IsJoined(at + 2) && Does.Contains(Listed(at + 2)) && (!Common.Contains(Listed(at + 1)) || Listed(at + 1) is "не");

    private bool IsNear(int at)
    {
        if (Listed(at + 1) is "is" or "was" or "are" && IsJoined(at + 2) && Is.Contains(Listed(at + 2)))
        {
            return true;
        }

        for (var i = at + 1; i <= at + 3 && IsJoined(i); i++)
        {
            if (Near.Contains(Listed(i)))
            {
                return true;
            }
        }

        return false;
    }

    // "Ғалым деген досым", "Islam is my friend".
    private bool IsFriend(int at) => (Listed(at + 1) is "деген" && (Left.Contains(Listed(at + 2)) || Listed(at + 2) is "бала" or "кыз" or "окушы" or "дос")) || ((Listed(at + 1), Listed(at + 2)) is ("is", "my") && (Left.Contains(Listed(at + 3)) || Left.Contains(Listed(at + 4))));

    private bool IsWithMe(int at) => (Listed(at - 1), Listed(at - 2)) is ("с" or "и" or "and" or "со", "мы" or "я" or "i") || (Listed(at + 1), Listed(at + 2)) is ("и" or "and", "я" or "i");

    // "Болатпен бірге санадық", "Данаға айтсам": an ending of a person's, and a verb of mine.
    private bool IsGoverned(int at)
    {
        if (Listed(at + 1) is "бирге" or "екеумиз" or "екеуимиз")
        {
            return true;
        }

        if (!words[at].IsCapital || !Array.Exists(Governed, e => words[at].Loose.EndsWith(e, StringComparison.Ordinal)))
        {
            return false;
        }

        for (var i = at + 1; i <= at + 3 && IsJoined(i); i++)
        {
            if (Array.Exists(Mine, e => words[i].Loose.Length > 5 && words[i].Loose.EndsWith(e, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It is told what it is, or does what things do.</summary>
    public bool IsNotion(int at) => IsAt(at + 1) && ((And.Contains(Listed(at + 1)) && IsAt(at + 2) && !words[at + 2].IsCapital && words[at].IsCapital) || (IsJoined(at + 1) && Notion.Contains(Listed(at + 1))) || words[at + 1].Gap.AsSpan().IndexOfAny("—–") >= 0);

    /// <summary>Somebody says what he or another is called: "меня зовут", "менің атым", "my name is".</summary>
    public bool IsNamed(int at)
    {
        if (!IsJoined(at) && !(IsAt(at) && words[at].Gap.Contains(':', StringComparison.Ordinal)))
        {
            return false;
        }

        var (one, two) = (Listed(at - 1), Listed(at - 2));
        return (Named.Contains(one) && (words[at].IsCapital || one is "зовут" or "атым") && Listed(at) is not ("жоним" or "аты")) || (Named.Contains(two) && one is "is" or "s" && (words[at].IsCapital || Listed(at - 3) is "my")) || (two, one) is ("call", "me") || (one == "мени" && Listed(at + 1) is "деп")
            || (words[at].IsCapital && ((Labels.Contains(one) && (one != "by" || two is "made" or "written" or "done")) || (one is "мен" && Listed(at + 1) is "боламын")));
    }

    /// <summary>"Я ...", "I am ...", "бұл ...": with a capital letter, somebody who says who it is.</summary>
    public bool IsSelf(int at) =>
        words[at].IsCapital && words[at].Gap.Trim().Length <= 1 && ((Listed(at - 1) is "я" or "мен") || (Listed(at - 1) is "это" or "бул" && words[at - 1].Gap.Contains(',', StringComparison.Ordinal))
            || ((Listed(at - 2), Listed(at - 1)) is ("i", "am") or ("i", "m")));

    private string Listed(int at) => IsAt(at) ? words[at].Listed : "";

    private bool IsAt(int at) => at >= 0 && at < words.Count;

    // In one sentence with the word before it.
    private bool IsJoined(int at) => IsAt(at) && at > 0 && words[at].Gap.AsSpan().IndexOfAny(Ends) < 0;

    private bool IsOwner(int at) => text.AsSpan(words[at].End) is var rest && rest.Length > 1 && rest[0] is '\'' or '’' && rest[1] is 's';
}
