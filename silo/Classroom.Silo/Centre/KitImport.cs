using Classroom.Kits;
using Classroom.Silo.Hosting;
using Classroom.Storage;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Ortaq.Centre.V1;

namespace Classroom.Silo.Centre;

/// <summary>
/// Puts a kit that came over the wire into the database, whole or not at all: every process offers it from then on, also in the place of a file of
/// <c>Kits:Folder</c> with its id. A shipped kit is never replaced.
/// </summary>
internal sealed class KitImport(LiveKits kits, KitStore store)
{
    private const int MaxFileName = 255;

    public async Task<ImportKitReply> RunAsync(ImportKitRequest request, CancellationToken cancellationToken)
    {
        if (request.FileName.Length > MaxFileName || request.FileName.Any(char.IsControl))
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.InvalidArgument, $"file_name has more than {MaxFileName} characters, or one that cannot be printed."));
        }

        var name = string.IsNullOrWhiteSpace(request.FileName) ? "kit.yaml" : Path.GetFileName(request.FileName);
        var yaml = request.Yaml.ToByteArray();
        var read = KitLoader.Parse(yaml, name);
        if (!read.Ok)
        {
            throw NotAKit(read.Errors);
        }

        var kit = read.Kit;
        if (kits.IsShipped(kit.Id))
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.AlreadyExists, $"A kit that ships with the server has the id \"{kit.Id}\"."));
        }

        var before = await store.AddAsync(kit.Id, kit.Hash, name, yaml, cancellationToken) ?? kits.Files.Find(kit.Id)?.Hash;
        var replaced = before is not null && before != kit.Hash;
        // However long it takes: who is told that it is offered finds it here.
        await kits.RefreshWhollyAsync(cancellationToken);
        return new ImportKitReply { KitId = kit.Id, Version = kit.Version, Replaced = replaced, Lessons = kit.Lessons.Count };
    }

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
