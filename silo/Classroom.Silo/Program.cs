using Classroom.Silo.Realtime;
using Classroom.Storage;
using Classroom.Silo.Api;
using Classroom.Silo.Auth;
using Classroom.Silo.Centre;
using Classroom.Silo.Cli;
using Classroom.Silo.Hosting;
using Classroom.Silo.Hosting.Telemetry;
using Classroom.Silo.Operator;
using Classroom.Silo.Privacy;
using Classroom.Silo.Speech;

if (args is not [WireSchema.Name or OpenApiFile.Name, _])
{
    PrivateFiles.Begin();
}

if (args is [CopyDatabase.Name, var from, var to])
{
    return CopyDatabase.Run(from, to);
}

if (args is [WireSchema.Name, var schema])
{
    return WireSchema.Write(schema);
}

if (args is [CheckKit.Name, var kit])
{
    return CheckKit.Run(kit);
}

if (args is [AuditCli.Name, AuditCli.Verify, [not '-', ..] dossier, .. var how] && how is [] or ["--fingerprint", _])
{
    return await Classroom.Tutor.Audit.AuditCommand.VerifyAsync(dossier, how is [_, var fingerprint] ? fingerprint : null, Console.Out);
}

if (args is ["--help" or "-h", ..])
{
    await Console.Out.WriteLineAsync(Usage.Text);
    return 0;
}

if (args is [Verify.Name, .. var options] && !Usage.AreOptions(options, "checkpoints"))
{
    await Console.Error.WriteLineAsync(Usage.Text);
    return Usage.Wrong;
}

if (args is [AuditCli.Name, .. var order] && !Usage.AreOptions(order, "out", "sets"))
{
    await Console.Error.WriteLineAsync(Usage.Text);
    return Usage.Wrong;
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });

if (args is [Verify.Name, ..])
{
    return await Verify.RunAsync(builder.Configuration, builder.Environment);
}

if (args is [AuditCli.Name, ..])
{
    return await AuditCli.RunAsync(builder.Configuration, builder.Environment);
}

if (args is [AcceptDatabase.Name, .. var settings] && Usage.AreOptions(settings))
{
    return await AcceptDatabase.RunAsync(builder.Configuration, builder.Environment);
}

if (args is [Tokens.Name, ..])
{
    return await Tokens.RunAsync(args, builder.Configuration, builder.Environment);
}

if (args is [StudentCommands.Name, ..])
{
    return await StudentCommands.RunAsync(args, builder.Configuration, builder.Environment);
}

if (args is [AccountCommands.Name or AccountCommands.CentreName, ..])
{
    return await AccountCommands.RunAsync(args, builder.Configuration, builder.Environment);
}

if (args is [CertificateCommand.Name, ..])
{
    return await CertificateCommand.RunAsync(args, builder.Configuration, builder.Environment);
}

// Only settings are left: a word that is no command, or lacks its arguments, must not start a server.
if (args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal) && args is not [OpenApiFile.Name, _])
{
    await Console.Error.WriteLineAsync(Usage.Text);
    return Usage.Wrong;
}

WebApplication? app = null;
try
{
    builder.AddOrtaqSettings();
    builder.AddOrtaqLogging();
    builder.AddOrtaqProxies();
    builder.AddOrtaqHttps();
    builder.AddOrtaqTelemetry();
    builder.AddOrtaqStorage();
    builder.AddOrtaqCache();
    builder.AddOrtaqSilo();
    builder.AddOrtaqTutor();
    builder.AddOrtaqAuth();
    builder.AddOrtaqOidc();
    builder.AddOrtaqErrors();
    builder.AddOrtaqLimits();
    builder.AddOrtaqOpenApi();
    builder.AddOrtaqHub();
    builder.AddOrtaqHealth();
    builder.AddOrtaqCentre();
    builder.AddOrtaqOperator();
    builder.AddOrtaqAudit();
    builder.AddOrtaqPrivacy();
    builder.AddOrtaqSpeech();

    app = builder.Build();
    app.CheckSettings();

    app.UseOrtaqProxies();
    app.UseOrtaqAddresses();
    Drain.UseOrtaqDrain(app);
    app.UseOrtaqCentre();
    app.UseOrtaqWebSockets();
    app.UseOrtaqHeaders();
    app.UseOrtaqHttps();
    app.UseOrtaqErrors();
    app.UseOrtaqPages();
    app.UseOrtaqForgeryCheck();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseOrtaqHubRequests();
    app.UseRateLimiter();

    app.MapSession();
    app.MapOwnAccount();
    app.MapAddresses();
    app.MapAuthority();
    app.MapKits();
    app.MapKitImages();
    app.MapClassrooms();
    app.MapGroups();
    app.MapPhotos();
    app.MapSpokenText();
    app.MapExports();
    app.MapPrivacy();
    app.MapJoin();
    app.MapBoard();
    app.MapHelpers();
    app.MapOperator();
    app.MapTutorPage();
    app.MapAudit();
    app.MapAccounts();
    app.MapOrtaqHub();
    app.MapOrtaqHealth();
    app.MapOrtaqDashboard();
    app.MapOrtaqOpenApi();

    if (args is [OpenApiFile.Name, var file])
    {
        return await OpenApiFile.WriteAsync(app, file);
    }

    await app.PrepareStorageAsync();
    app.PrepareCertificate();
    app.CheckSiloPorts();
    app.CheckCentrePort();
    await app.StartAsync();
    await app.PrepareKitsAsync();
    await Migrator.AloneAsync(app.Services.GetRequiredService<DatabaseSettings>(), async () =>
    {
        await app.PrepareAccountsAsync();
        await app.PrintLinksAsync();
    }, CancellationToken.None);
}
catch (DatabaseDiffersException e)
{
    await app!.DisposeAsync();
    return await HeldServer.RunAsync(args, e);
}
catch (Exception e) when (StartFault.Sentence(e) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}

await app.WaitForShutdownAsync();
return 0;

/// <summary>Visible to the tests, which start the same program.</summary>
public partial class Program;
