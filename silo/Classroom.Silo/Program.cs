using Classroom.Silo.Auth;
using Classroom.Silo.Realtime;
using Classroom.Silo.Engine;
using Classroom.Silo.Health;
using Classroom.Silo.Api;

if (args is [CopyDatabase.Name, var from, var to])
{
    return CopyDatabase.Run(from, to);
}

if (args is [WireSchema.Name, var file])
{
    return WireSchema.Write(file);
}

// Content and kits stand beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = Directory.Exists(Path.Combine(Environment.CurrentDirectory, "wwwroot")) ? Environment.CurrentDirectory
        : Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory
        : ContentRoot.OfProject(AppContext.BaseDirectory) ?? Environment.CurrentDirectory,
});

if (args is [Verify.Name, ..])
{
    return await Verify.RunAsync(builder.Configuration, builder.Environment);
}

builder.AddOrtaqLogging();
builder.AddOrtaqStorage();
builder.AddOrtaqEngine();
builder.AddOrtaqTutor();
builder.AddOrtaqAuth();
builder.AddOrtaqErrors();
builder.AddOrtaqHub();
builder.AddOrtaqHealth();

var app = builder.Build();
await app.PrepareStorageAsync();

app.UseOrtaqWebSockets();
app.UseOrtaqHeaders();
app.UseOrtaqPages();
app.UseOrtaqForgeryCheck();
app.UseAuthentication();
app.UseAuthorization();

app.MapSession();
app.MapKits();
app.MapClassrooms();
app.MapExports();
app.MapJoin();
app.MapBoard();
app.MapOrtaqHub();
app.MapOrtaqHealth();

await app.StartAsync();
app.PrepareKits();
await app.PrintLinksAsync();
await app.WaitForShutdownAsync();
return 0;

/// <summary>Visible to the tests, which start the same program.</summary>
public partial class Program;
