using System.Security.Cryptography;
using Classroom.Kits.Files;
using Classroom.Kits.Reading;

namespace Classroom.Kits.Images;

/// <summary>Reads what a kit says of its pictures, and the pictures themselves.</summary>
internal sealed class ImageReader(KitFiles files)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImagePlan> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KitImage> _images = new(StringComparer.Ordinal);
    private readonly List<byte[]> _hashes = [];

    /// <summary>By hash.</summary>
    public IReadOnlyDictionary<string, KitImage> Images => _images;

    /// <summary>Of the files as they came, in the order they are named: an edition of a kit is known by it whatever the cleaner does.</summary>
    public IEnumerable<byte[]> FileHashes => _hashes;

    public void Read(Fields kit) => kit.OptionalItems("images", Limits.Images, s =>
    {
        ReadOne(s);
        return true;
    });

    /// <summary>The picture that stands here by its id; null where there is none, or, with an error, none of this id.</summary>
    public ImagePlan? At(Fields fields, string name = "image")
    {
        if (fields.Optional(name) is not { } spot || spot.Text(Limits.Id) is not { Length: > 0 } id)
        {
            return null;
        }

        if (!_ids.Contains(id))
        {
            spot.Error(KitErrorCodes.UnknownImage, $"there is no picture \"{id}\" under images:");
        }

        return _plans.GetValueOrDefault(id);
    }

    private void ReadOne(Spot spot)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return;
        }

        var (id, file) = (fields.Id(_ids), fields.Required("file"));
        var (alt, caption) = (fields.Trilingual("alt", Limits.Line), fields.OptionalTrilingual("caption", Limits.Option));
        var credit = $"{fields.Text("source", Limits.Option)} · {fields.Text("licence", Limits.Label)}";
        fields.Close();
        if (file is not null && file.Text(Limits.FileName) is { Length: > 0 } name && Load(file, name) is { } read)
        {
            _images[read.Image.Hash] = read.Image;
            _plans[id] = new ImagePlan(read.Image.Hash, read.Width, read.Height, alt, caption, credit);
        }
    }

    private (KitImage Image, int Width, int Height)? Load(Spot spot, string name)
    {
        if (!KitFiles.IsImageName(name))
        {
            spot.Error(KitErrorCodes.ImageName, $"\"{name}\": a picture is a file of the folder images, named in Latin letters, digits, dots, hyphens: leaf.svg, leaf.png or leaf.webp");
            return null;
        }

        if (files.Read("images/" + name, Limits.ImageBytes) is not { } bytes)
        {
            spot.Error(KitErrorCodes.ImageMissing, $"there is no ordinary file images/{name} beside the kit's kit.yaml");
            return null;
        }

        if (bytes.Length > Limits.ImageBytes)
        {
            spot.Error(KitErrorCodes.ImageTooBig, $"images/{name} has more than {Limits.ImageBytes / 1024} KB");
            return null;
        }

        _hashes.Add(SHA256.HashData(bytes));
        return Path.GetExtension(name) == ".svg" ? Drawing(spot, name, bytes) : Picture(spot, name, bytes);
    }

    private static (KitImage, int, int)? Drawing(Spot spot, string name, byte[] bytes)
    {
        var (clean, width, height, complaint) = SvgCleaner.Clean(bytes);
        if (clean is null)
        {
            spot.Error(KitErrorCodes.SvgBroken, $"images/{name} is no drawing that can be shown: {complaint}");
            return null;
        }

        return (Of("image/svg+xml", clean), width, height);
    }

    private static (KitImage, int, int)? Picture(Spot spot, string name, byte[] bytes)
    {
        if (Raster.Read(bytes) is not { } head || !head.Type.EndsWith(Path.GetExtension(name)[1..], StringComparison.Ordinal)
            || RasterParts.Drawn(head.Type, bytes) is not { } drawn)
        {
            spot.Error(KitErrorCodes.ImageKind, $"images/{name} is not what its name says, breaks off, or moves");
            return null;
        }

        if (head.Width > Limits.ImageSide || head.Height > Limits.ImageSide)
        {
            spot.Error(KitErrorCodes.ImageSize, $"images/{name} has {head.Width} x {head.Height} pixels; at most {Limits.ImageSide} a side");
            return null;
        }

        return (Of(head.Type, drawn), head.Width, head.Height);
    }

    private static KitImage Of(string type, byte[] bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)), type, bytes);
}
