using Classroom.Kits;
using Classroom.Silo.Hosting;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Ortaq.Centre.V1;

namespace Classroom.Silo.Centre;

/// <summary>
/// Puts a kit that came over the wire into <c>Kits:Folder</c>, whole or not at all. The library is read at the start, so it is offered after
/// the next one: until then every process offers the same kits.
/// </summary>
internal sealed class KitImport(IOptions<KitsOptions> options)
{
    private static readonly Lazy<HashSet<string>> Shipped = new(
        () => KitLibrary.LoadAll(KitLibrary.ShippedFolder).Kits.Select(k => k.Id).ToHashSet(StringComparer.Ordinal));

    private readonly Lock _one = new();

    public ImportKitReply Run(ImportKitRequest request)
    {
        if (options.Value.Folder is not { Length: > 0 } folder)
        {
            throw Failed(StatusCode.FailedPrecondition, "The server has no folder for kits: Kits:Folder is not set.");
        }

        var read = KitLoader.Parse(request.Yaml.ToByteArray(), string.IsNullOrWhiteSpace(request.FileName) ? "kit.yaml" : Path.GetFileName(request.FileName));
        if (!read.Ok)
        {
            throw NotAKit(read.Errors);
        }

        if (Shipped.Value.Contains(read.Kit.Id))
        {
            throw Failed(StatusCode.AlreadyExists, $"A kit that ships with the server has the id \"{read.Kit.Id}\".");
        }

        try
        {
            lock (_one)
            {
                return Put(folder, read.Kit, request.Yaml.ToByteArray());
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw Failed(StatusCode.FailedPrecondition, "The server's folder for kits cannot be written.");
        }
    }

    private static ImportKitReply Put(string folder, Kit kit, byte[] yaml)
    {
        // An author may have put it there by hand under a name of its own.
        var kits = Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Order(StringComparer.Ordinal)
            .Select(path => (Path: path, KitLoader.Load(path).Kit)).ToList();
        var (path, before) = kits.FirstOrDefault(f => f.Kit?.Id == kit.Id);
        path ??= Path.Combine(folder, kit.Id + ".yaml");
        if (before is null && File.Exists(path))
        {
            throw Failed(StatusCode.AlreadyExists, $"{Path.GetFileName(path)} is in the server's folder and holds another kit, or a broken one.");
        }

        var part = path + ".part";
        File.WriteAllBytes(part, yaml);
        File.Move(part, path, overwrite: true);
        return new ImportKitReply { KitId = kit.Id, Version = kit.Version, Replaced = before is not null && before.Hash != kit.Hash, Lessons = kit.Lessons.Count };
    }

    private static RpcException Failed(StatusCode code, string message) => new(new Grpc.Core.Status(code, message));

    private static RpcException NotAKit(IReadOnlyList<Classroom.Kits.KitError> errors)
    {
        var all = new KitErrors();
        all.Errors.AddRange(errors.Select(e => new Ortaq.Centre.V1.KitError
        {
            Line = e.Line, Column = e.Column, Field = e.Field, Code = e.Code, Message = e.Message,
        }));
        return new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Message = errors[0] + (errors.Count > 1 ? $" (and {errors.Count - 1} more)" : ""),
            Details = { Any.Pack(all) },
        }.ToRpcException();
    }
}
