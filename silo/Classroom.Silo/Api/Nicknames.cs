namespace Classroom.Silo.Api;

/// <summary>Birds and animals of the steppe to be called by: the only nicknames a board ever shows.</summary>
public static class Nicknames
{
    private const int Offered = 8;

    private static readonly ImmutableArray<string> Kk =
    [
        "Көк бүркіт", "Тұлпар", "Арлан", "Аққу", "Барыс", "Құлан", "Сұңқар", "Қарлығаш", "Тау ешкі", "Ақбөкен", "Қыран", "Бөдене", "Үкі", "Қоңыр аю",
        "Сілеусін", "Ақ қоян", "Кірпі", "Тиін", "Қызыл түлкі", "Борсық", "Марал", "Арқар", "Дуадақ", "Тырна", "Қоқиқаз", "Бұлбұл", "Көгершін", "Торғай",
        "Самұрық", "Тайлақ", "Ботақан", "Құлыншақ", "Елік", "Суыр", "Дала мысығы", "Ителгі", "Лашын", "Бозторғай", "Сауысқан", "Тасбақа",
    ];

    private static readonly ImmutableArray<string> Ru =
    [
        "Степной орёл", "Тулпар", "Белый лебедь", "Снежный барс", "Кулан", "Сокол", "Ласточка", "Горный козёл", "Сайгак", "Беркут", "Перепел", "Сова",
        "Бурый медведь", "Рысь", "Заяц-беляк", "Ёжик", "Белка", "Лисица", "Барсук", "Марал", "Архар", "Дрофа", "Журавль", "Фламинго", "Соловей",
        "Голубь", "Воробей", "Верблюжонок", "Жеребёнок", "Косуля", "Сурок", "Степной кот", "Балобан", "Кречет", "Жаворонок", "Сорока", "Черепаха",
        "Выдра", "Стриж", "Цапля",
    ];

    private static readonly ImmutableArray<string> En =
    [
        "Steppe eagle", "Tulpar", "White swan", "Snow leopard", "Kulan", "Falcon", "Swallow", "Mountain goat", "Saiga", "Golden eagle", "Quail", "Owl",
        "Brown bear", "Lynx", "Snow hare", "Hedgehog", "Squirrel", "Red fox", "Badger", "Maral deer", "Argali", "Bustard", "Crane", "Flamingo",
        "Nightingale", "Pigeon", "Sparrow", "Camel calf", "Foal", "Roe deer", "Marmot", "Steppe cat", "Saker", "Gyrfalcon", "Skylark", "Magpie", "Tortoise",
        "Otter", "Swift", "Heron",
    ];

    private static readonly ImmutableHashSet<string> All = [.. Enum.GetValues<Language>().SelectMany(l => In(l))];

    public static bool Contains(string nickname) => All.Contains(nickname);

    /// <summary>A few by chance; in Kazakh for who names no language of the product.</summary>
    public static string[] Some(string? language)
    {
        var known = Enum.TryParse<Language>(language, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : Language.Kk;
        return [.. Random.Shared.GetItems(In(known).AsSpan(), 64).Distinct(StringComparer.Ordinal).Take(Offered)];
    }

    private static ImmutableArray<string> In(Language language) => language switch { Language.Kk => Kk, Language.Ru => Ru, Language.En => En };
}
