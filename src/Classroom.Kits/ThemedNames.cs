namespace Classroom.Kits;

/// <summary>Birds and animals of the steppe that children are called by, a list a language. Words of lessons too: nobody is known by them.</summary>
public static class ThemedNames
{
    private static readonly ImmutableArray<string> Kk =
    [
        "Көк бүркіт", "Тұлпар", "Қарақұйрық", "Аққу", "Барыс", "Құлан", "Сұңқар", "Қарлығаш", "Таутеке", "Ақбөкен", "Қыран", "Бөдене", "Үкі", "Шағала",
        "Сілеусін", "Көкқарға", "Кірпі", "Тиін", "Қаршыға", "Бұлғын", "Марал", "Арқар", "Дуадақ", "Тырна", "Қоқиқаз", "Бұлбұл", "Көгершін", "Торғай",
        "Самұрық", "Тайлақ", "Ботақан", "Құлыншақ", "Елік", "Тұйғын", "Дала мысығы", "Ителгі", "Лашын", "Бозторғай", "Бұлдырық", "Шүрегей",
    ];

    private static readonly ImmutableArray<string> Ru =
    [
        "Степной орёл", "Тулпар", "Белый лебедь", "Снежный барс", "Кулан", "Сокол", "Ласточка", "Джейран", "Сайгак", "Беркут", "Перепел", "Сова",
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

    public static bool Contains(string name) => All.Contains(name);

    public static ImmutableArray<string> In(Language language) => language switch { Language.Kk => Kk, Language.Ru => Ru, Language.En => En };
}
