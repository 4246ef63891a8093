using System.CommandLine;
using System.Security.Cryptography;
using Classroom.Kits;
using Classroom.Tutor.Audit;

// dotnet run --project tests/Classroom.Tutor.Report -- --endpoint http://10.0.0.5:8000/v1 --model name [--api-key-from ENV] [--sets golden,attacks] [--out folder]
var endpoint = new Option<string>("--endpoint") { Description = "Address of an OpenAI-compatible server, e.g. http://10.0.0.5:8000/v1", Required = true };
var model = new Option<string>("--model") { Description = "The model's name there", Required = true };
var key = new Option<string?>("--api-key-from") { Description = "Name of the environment variable that holds the key" };
var azure = new Option<bool>("--azure") { Description = "Send the key as Azure wants it (api-key)" };
var sets = new Option<string?>("--sets") { Description = "Only these of golden, attacks, knowledge, sent, danger, names, marks, languages, prepared" };
var atOnce = new Option<int>("--at-once") { Description = "Cases at the same time", DefaultValueFactory = _ => new AuditOptions().AtOnce };
var folder = new Option<string>("--out") { Description = "Where the dossier goes; its zip goes beside it", DefaultValueFactory = _ => "tutor-report" };
var signature = new Option<string>("--key") { Description = "File of the key that signs, made when there is none", DefaultValueFactory = _ => "tutor-report.key" };
var root = new RootCommand("Audits a model through the tutor as it ships, and writes a signed dossier.") { endpoint, model, key, azure, sets, atOnce, folder, signature };
root.SetAction(async (arguments, cancellationToken) =>
{
    var options = new ModelOptions
    {
        Endpoint = arguments.GetRequiredValue(endpoint), Model = arguments.GetRequiredValue(model), ApiKeyHeader = arguments.GetValue(azure),
        ApiKey = arguments.GetValue(key) is { } name ? Environment.GetEnvironmentVariable(name) : null, FirstTokenWithin = TimeSpan.FromSeconds(30),
    };
    if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || arguments.GetValue(atOnce) is < 1 or > AuditOptions.MostAtOnce)
    {
        await Console.Error.WriteLineAsync($"--endpoint is no http address, or --at-once is not from 1 to {AuditOptions.MostAtOnce}.");
        return 2;
    }

    try
    {
        using var signer = DossierSigner.FromFile(arguments.GetRequiredValue(signature));
        return await AuditCommand.RunAsync(
            new AuditOrder(options, KitLibrary.LoadAll(KitLibrary.ShippedFolder), new AuditOptions { AtOnce = arguments.GetValue(atOnce) }, AllowedPlace.Of(options), arguments.GetValue(sets)?.Split(','), arguments.GetRequiredValue(folder)),
            signer, Console.Out, cancellationToken);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or AuditBrokenException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 2;
    }
});
return await root.Parse(args).InvokeAsync();
