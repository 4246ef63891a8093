namespace Classroom.Kits;

/// <summary>The kits of this moment: a process may be given more while it runs.</summary>
public interface IKits
{
    KitLibrary Now { get; }

    /// <summary>The edition with this hash, looked for if another process was given it a moment ago; the one that is offered when it is nowhere.</summary>
    ValueTask<Kit?> FindAsync(string id, string hash, CancellationToken cancellationToken);
}

/// <summary>
/// All kits that a process offers. A broken file takes no other with it: it is left out and its errors are kept.
/// </summary>
/// <param name="Kits">By id, in the order of the folders and file names.</param>
public sealed record KitLibrary(IReadOnlyList<Kit> Kits, IReadOnlyList<KitError> Errors) : IKits
{
    /// <summary>Editions that are offered no more, and that lessons may still run on.</summary>
    public IReadOnlyList<Kit> Earlier { get; init; } = [];

    KitLibrary IKits.Now => this;

    ValueTask<Kit?> IKits.FindAsync(string id, string hash, CancellationToken cancellationToken) => new(Find(id, hash));

    /// <summary>The folder of the kits that ship with the product.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "kits");

    public Kit? Find(string id) => Kits.FirstOrDefault(k => k.Id == id);

    /// <summary>The edition with this hash; the one that is offered when it is not here any more.</summary>
    public Kit? Find(string id, string hash) => Kits.Concat(Earlier).FirstOrDefault(k => k.Id == id && k.Hash == hash) ?? Find(id);

    /// <summary>Loads *.yaml and *.yml of each folder, in order. An id met again is refused, so a later folder cannot replace a kit unnoticed.</summary>
    public static KitLibrary LoadAll(params IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var kits = new Dictionary<string, Kit>(StringComparer.Ordinal);
        var errors = new List<KitError>();
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                errors.Add(new KitError(folder, 0, 0, "", KitErrorCodes.NoFolder, "there is no such folder"));
                continue;
            }

            foreach (var path in FilesOf(folder))
            {
                Add(path, kits, errors);
            }
        }

        return new KitLibrary([.. kits.Values], errors);
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(f => Path.GetExtension(f) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal);

    private static void Add(string path, Dictionary<string, Kit> kits, List<KitError> errors)
    {
        var result = KitLoader.Load(path);
        errors.AddRange(result.Errors);
        if (result.Ok && !kits.TryAdd(result.Kit.Id, result.Kit))
        {
            errors.Add(new KitError(Path.GetFileName(path), 1, 1, "id", KitErrorCodes.DuplicateKit, $"another file already has the kit \"{result.Kit.Id}\""));
        }
    }
}
