using Classroom.Kits.Files;

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

    // No school has so many; a folder that does was not meant.
    private const int MostFiles = 1000;

    /// <summary>A picture of any edition that is here, by its hash.</summary>
    public KitImage? Image(string hash) => Kits.Concat(Earlier).Select(k => k.Images.GetValueOrDefault(hash)).FirstOrDefault(i => i is not null);

    /// <summary>Loads *.yaml, *.yml, *.zip and folders with a kit.yaml of each folder, in order. An id met again is refused, so a later folder cannot replace a kit unnoticed.</summary>
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

            var files = FilesOf(folder).Take(MostFiles + 1).ToList();
            if (files.Count > MostFiles)
            {
                errors.Add(new KitError(folder, 0, 0, "", KitErrorCodes.TooManyFiles, $"there are more than {MostFiles} files: none of them is read"));
                continue;
            }

            foreach (var path in files.Order(StringComparer.Ordinal))
            {
                Add(folder, path, kits, errors);
            }
        }

        return new KitLibrary([.. kits.Values], errors);
    }

    // A folder is looked into one level deep, for a kit and its pictures: links may loop. Hidden ones are not: Kubernetes keeps in them what it mounts.
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".zip")
            .Concat(Directory.EnumerateDirectories(folder).Where(d => Path.GetFileName(d)[0] != '.' && Path.Exists(Path.Combine(d, KitLoader.KitFile))));

    private static void Add(string folder, string path, Dictionary<string, Kit> kits, List<KitError> errors)
    {
        if (Links.LeadsOut(folder, Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path)))
        {
            errors.Add(new KitError(Path.GetFileName(path), 0, 0, "", KitErrorCodes.LinkOut, "the file is a link that leads out of the folder, or to nothing"));
            return;
        }

        var result = KitLoader.Load(path);
        errors.AddRange(result.Errors);
        if (result.Ok && !kits.TryAdd(result.Kit.Id, result.Kit))
        {
            errors.Add(new KitError(Path.GetFileName(path), 1, 1, "id", KitErrorCodes.DuplicateKit, $"another file already has the kit \"{result.Kit.Id}\""));
        }
    }
}
