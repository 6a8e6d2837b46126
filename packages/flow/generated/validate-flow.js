// Made from src/flow-schema.ts by src/schema-generated.test.ts (run it with -u after a change); do not edit.
"use strict";
export const validateFlow = validate10;
const schema11 = {"type":"object","additionalProperties":false,"required":["format","id","name","nodes","wires"],"properties":{"format":{"const":1},"id":{"type":"string","minLength":1,"maxLength":100,"pattern":"^[A-Za-z0-9_-]+$"},"name":{"type":"string","minLength":1,"maxLength":200},"description":{"type":"string","default":""},"settings":{"type":"object","additionalProperties":false,"properties":{"concurrency":{"type":"integer","minimum":1,"maximum":1000,"default":10},"timeoutMs":{"type":"integer","minimum":100,"maximum":86400000,"default":300000},"stepTimeoutMs":{"type":"integer","minimum":100,"maximum":86400000,"default":120000},"hopLimit":{"type":"integer","minimum":1,"maximum":100000,"default":1000},"orderBy":{"type":["string","null"],"default":null}},"required":[],"default":{}},"nodes":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id","type","typeVersion","name","config"],"properties":{"id":{"type":"string","minLength":1,"maxLength":100,"pattern":"^[A-Za-z0-9_-]+$"},"type":{"type":"string","pattern":"^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$"},"typeVersion":{"type":"integer","minimum":1},"name":{"type":"string","minLength":1,"maxLength":200},"config":{"type":"object"},"timeoutMs":{"type":"integer","minimum":100,"maximum":86400000},"retry":{"type":"object","additionalProperties":false,"required":[],"properties":{"times":{"type":"integer","minimum":1,"maximum":20,"default":3},"delayMs":{"type":"integer","minimum":0,"maximum":3600000,"default":1000},"backoff":{"enum":["fixed","exponential"],"default":"exponential"},"maxDelayMs":{"type":"integer","minimum":0,"maximum":3600000,"default":60000},"jitter":{"type":"number","minimum":0,"maximum":1,"default":0.2},"on":{"anyOf":[{"enum":["retryable","world","any"]},{"type":"array","items":{"type":"string","minLength":1,"maxLength":100},"minItems":1,"maxItems":100}],"default":"retryable"}}},"disabled":{"type":"boolean","default":false},"notes":{"type":"string","default":""}}}},"wires":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["from","to"],"properties":{"from":{"type":"string","pattern":"^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"},"to":{"type":"string","pattern":"^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"}}}},"groups":{"type":"array","items":{"type":"object"},"default":[]},"tests":{"type":"array","items":{"type":"object"},"default":[]},"layout":{"type":"object","properties":{"nodes":{"type":"object","additionalProperties":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}}},"default":{}}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[A-Za-z0-9_-]+$", "u");
const pattern2 = new RegExp("^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$", "u");
const pattern3 = new RegExp("^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.description === undefined){
data.description = "";
}
if(data.settings === undefined){
data.settings = {};
}
if(data.groups === undefined){
data.groups = [];
}
if(data.tests === undefined){
data.tests = [];
}
if(data.layout === undefined){
data.layout = {};
}
if(data.format === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "format"},message:"must have required property '"+"format"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.id === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.name === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.nodes === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "nodes"},message:"must have required property '"+"nodes"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.wires === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "wires"},message:"must have required property '"+"wires"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.format !== undefined){
let data0 = data.format;
if(1 !== data0){
const err6 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema11.properties.format,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.id !== undefined){
let data1 = data.id;
if(typeof data1 === "string"){
if(data1.length > 100){
const err7 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema11.properties.id,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1.length < 1){
const err8 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.id,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(!pattern0.test(data1)){
const err9 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]+$"},message:"must match pattern \""+"^[A-Za-z0-9_-]+$"+"\"",schema:"^[A-Za-z0-9_-]+$",parentSchema:schema11.properties.id,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.id.type,parentSchema:schema11.properties.id,data:data1};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.name !== undefined){
let data2 = data.name;
if(typeof data2 === "string"){
if(data2.length > 200){
const err11 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema11.properties.name,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data2.length < 1){
const err12 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.name,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.name.type,parentSchema:schema11.properties.name,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
let data3 = data.description;
if(typeof data3 !== "string"){
const err14 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.description.type,parentSchema:schema11.properties.description,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
let data4 = data.settings;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.concurrency === undefined){
data4.concurrency = 10;
}
if(data4.timeoutMs === undefined){
data4.timeoutMs = 300000;
}
if(data4.stepTimeoutMs === undefined){
data4.stepTimeoutMs = 120000;
}
if(data4.hopLimit === undefined){
data4.hopLimit = 1000;
}
if(data4.orderBy === undefined){
data4.orderBy = null;
}
for(const key1 in data4){
if(!(((((key1 === "concurrency") || (key1 === "timeoutMs")) || (key1 === "stepTimeoutMs")) || (key1 === "hopLimit")) || (key1 === "orderBy"))){
const err15 = {instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.settings,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
let data5 = data4.concurrency;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err16 = {instancePath:instancePath+"/settings/concurrency",schemaPath:"#/properties/settings/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.settings.properties.concurrency.type,parentSchema:schema11.properties.settings.properties.concurrency,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1000 || isNaN(data5)){
const err17 = {instancePath:instancePath+"/settings/concurrency",schemaPath:"#/properties/settings/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema11.properties.settings.properties.concurrency,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data5 < 1 || isNaN(data5)){
const err18 = {instancePath:instancePath+"/settings/concurrency",schemaPath:"#/properties/settings/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.settings.properties.concurrency,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
let data6 = data4.timeoutMs;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err19 = {instancePath:instancePath+"/settings/timeoutMs",schemaPath:"#/properties/settings/properties/timeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.settings.properties.timeoutMs.type,parentSchema:schema11.properties.settings.properties.timeoutMs,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 86400000 || isNaN(data6)){
const err20 = {instancePath:instancePath+"/settings/timeoutMs",schemaPath:"#/properties/settings/properties/timeoutMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema11.properties.settings.properties.timeoutMs,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data6 < 100 || isNaN(data6)){
const err21 = {instancePath:instancePath+"/settings/timeoutMs",schemaPath:"#/properties/settings/properties/timeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema11.properties.settings.properties.timeoutMs,data:data6};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
let data7 = data4.stepTimeoutMs;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err22 = {instancePath:instancePath+"/settings/stepTimeoutMs",schemaPath:"#/properties/settings/properties/stepTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.settings.properties.stepTimeoutMs.type,parentSchema:schema11.properties.settings.properties.stepTimeoutMs,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 86400000 || isNaN(data7)){
const err23 = {instancePath:instancePath+"/settings/stepTimeoutMs",schemaPath:"#/properties/settings/properties/stepTimeoutMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema11.properties.settings.properties.stepTimeoutMs,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data7 < 100 || isNaN(data7)){
const err24 = {instancePath:instancePath+"/settings/stepTimeoutMs",schemaPath:"#/properties/settings/properties/stepTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema11.properties.settings.properties.stepTimeoutMs,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
let data8 = data4.hopLimit;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err25 = {instancePath:instancePath+"/settings/hopLimit",schemaPath:"#/properties/settings/properties/hopLimit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.settings.properties.hopLimit.type,parentSchema:schema11.properties.settings.properties.hopLimit,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 100000 || isNaN(data8)){
const err26 = {instancePath:instancePath+"/settings/hopLimit",schemaPath:"#/properties/settings/properties/hopLimit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema11.properties.settings.properties.hopLimit,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data8 < 1 || isNaN(data8)){
const err27 = {instancePath:instancePath+"/settings/hopLimit",schemaPath:"#/properties/settings/properties/hopLimit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.settings.properties.hopLimit,data:data8};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
let data9 = data4.orderBy;
if((typeof data9 !== "string") && (data9 !== null)){
const err28 = {instancePath:instancePath+"/settings/orderBy",schemaPath:"#/properties/settings/properties/orderBy/type",keyword:"type",params:{type: schema11.properties.settings.properties.orderBy.type},message:"must be string,null",schema:schema11.properties.settings.properties.orderBy.type,parentSchema:schema11.properties.settings.properties.orderBy,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.settings.type,parentSchema:schema11.properties.settings,data:data4};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data.nodes !== undefined){
let data10 = data.nodes;
if(Array.isArray(data10)){
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.disabled === undefined){
data11.disabled = false;
}
if(data11.notes === undefined){
data11.notes = "";
}
if(data11.id === undefined){
const err30 = {instancePath:instancePath+"/nodes/" + i0,schemaPath:"#/properties/nodes/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema11.properties.nodes.items.required,parentSchema:schema11.properties.nodes.items,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data11.type === undefined){
const err31 = {instancePath:instancePath+"/nodes/" + i0,schemaPath:"#/properties/nodes/items/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema11.properties.nodes.items.required,parentSchema:schema11.properties.nodes.items,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data11.typeVersion === undefined){
const err32 = {instancePath:instancePath+"/nodes/" + i0,schemaPath:"#/properties/nodes/items/required",keyword:"required",params:{missingProperty: "typeVersion"},message:"must have required property '"+"typeVersion"+"'",schema:schema11.properties.nodes.items.required,parentSchema:schema11.properties.nodes.items,data:data11};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data11.name === undefined){
const err33 = {instancePath:instancePath+"/nodes/" + i0,schemaPath:"#/properties/nodes/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.properties.nodes.items.required,parentSchema:schema11.properties.nodes.items,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data11.config === undefined){
const err34 = {instancePath:instancePath+"/nodes/" + i0,schemaPath:"#/properties/nodes/items/required",keyword:"required",params:{missingProperty: "config"},message:"must have required property '"+"config"+"'",schema:schema11.properties.nodes.items.required,parentSchema:schema11.properties.nodes.items,data:data11};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
for(const key2 in data11){
if(!(func2.call(schema11.properties.nodes.items.properties, key2))){
const err35 = {instancePath:instancePath+"/nodes/" + i0,schemaPath:"#/properties/nodes/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.nodes.items,data:data11};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data11.id !== undefined){
let data12 = data11.id;
if(typeof data12 === "string"){
if(data12.length > 100){
const err36 = {instancePath:instancePath+"/nodes/" + i0+"/id",schemaPath:"#/properties/nodes/items/properties/id/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema11.properties.nodes.items.properties.id,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data12.length < 1){
const err37 = {instancePath:instancePath+"/nodes/" + i0+"/id",schemaPath:"#/properties/nodes/items/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.nodes.items.properties.id,data:data12};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(!pattern0.test(data12)){
const err38 = {instancePath:instancePath+"/nodes/" + i0+"/id",schemaPath:"#/properties/nodes/items/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]+$"},message:"must match pattern \""+"^[A-Za-z0-9_-]+$"+"\"",schema:"^[A-Za-z0-9_-]+$",parentSchema:schema11.properties.nodes.items.properties.id,data:data12};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/nodes/" + i0+"/id",schemaPath:"#/properties/nodes/items/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.nodes.items.properties.id.type,parentSchema:schema11.properties.nodes.items.properties.id,data:data12};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data11.type !== undefined){
let data13 = data11.type;
if(typeof data13 === "string"){
if(!pattern2.test(data13)){
const err40 = {instancePath:instancePath+"/nodes/" + i0+"/type",schemaPath:"#/properties/nodes/items/properties/type/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$"},message:"must match pattern \""+"^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$"+"\"",schema:"^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$",parentSchema:schema11.properties.nodes.items.properties.type,data:data13};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/nodes/" + i0+"/type",schemaPath:"#/properties/nodes/items/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.nodes.items.properties.type.type,parentSchema:schema11.properties.nodes.items.properties.type,data:data13};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data11.typeVersion !== undefined){
let data14 = data11.typeVersion;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err42 = {instancePath:instancePath+"/nodes/" + i0+"/typeVersion",schemaPath:"#/properties/nodes/items/properties/typeVersion/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.nodes.items.properties.typeVersion.type,parentSchema:schema11.properties.nodes.items.properties.typeVersion,data:data14};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 1 || isNaN(data14)){
const err43 = {instancePath:instancePath+"/nodes/" + i0+"/typeVersion",schemaPath:"#/properties/nodes/items/properties/typeVersion/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.nodes.items.properties.typeVersion,data:data14};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data11.name !== undefined){
let data15 = data11.name;
if(typeof data15 === "string"){
if(data15.length > 200){
const err44 = {instancePath:instancePath+"/nodes/" + i0+"/name",schemaPath:"#/properties/nodes/items/properties/name/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema11.properties.nodes.items.properties.name,data:data15};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data15.length < 1){
const err45 = {instancePath:instancePath+"/nodes/" + i0+"/name",schemaPath:"#/properties/nodes/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.nodes.items.properties.name,data:data15};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/nodes/" + i0+"/name",schemaPath:"#/properties/nodes/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.nodes.items.properties.name.type,parentSchema:schema11.properties.nodes.items.properties.name,data:data15};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data11.config !== undefined){
let data16 = data11.config;
if(!(data16 && typeof data16 == "object" && !Array.isArray(data16))){
const err47 = {instancePath:instancePath+"/nodes/" + i0+"/config",schemaPath:"#/properties/nodes/items/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.nodes.items.properties.config.type,parentSchema:schema11.properties.nodes.items.properties.config,data:data16};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data11.timeoutMs !== undefined){
let data17 = data11.timeoutMs;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err48 = {instancePath:instancePath+"/nodes/" + i0+"/timeoutMs",schemaPath:"#/properties/nodes/items/properties/timeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.nodes.items.properties.timeoutMs.type,parentSchema:schema11.properties.nodes.items.properties.timeoutMs,data:data17};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 86400000 || isNaN(data17)){
const err49 = {instancePath:instancePath+"/nodes/" + i0+"/timeoutMs",schemaPath:"#/properties/nodes/items/properties/timeoutMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema11.properties.nodes.items.properties.timeoutMs,data:data17};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data17 < 100 || isNaN(data17)){
const err50 = {instancePath:instancePath+"/nodes/" + i0+"/timeoutMs",schemaPath:"#/properties/nodes/items/properties/timeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema11.properties.nodes.items.properties.timeoutMs,data:data17};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
if(data11.retry !== undefined){
let data18 = data11.retry;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.times === undefined){
data18.times = 3;
}
if(data18.delayMs === undefined){
data18.delayMs = 1000;
}
if(data18.backoff === undefined){
data18.backoff = "exponential";
}
if(data18.maxDelayMs === undefined){
data18.maxDelayMs = 60000;
}
if(data18.jitter === undefined){
data18.jitter = 0.2;
}
if(data18.on === undefined){
data18.on = "retryable";
}
for(const key3 in data18){
if(!((((((key3 === "times") || (key3 === "delayMs")) || (key3 === "backoff")) || (key3 === "maxDelayMs")) || (key3 === "jitter")) || (key3 === "on"))){
const err51 = {instancePath:instancePath+"/nodes/" + i0+"/retry",schemaPath:"#/properties/nodes/items/properties/retry/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.nodes.items.properties.retry,data:data18};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
let data19 = data18.times;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err52 = {instancePath:instancePath+"/nodes/" + i0+"/retry/times",schemaPath:"#/properties/nodes/items/properties/retry/properties/times/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.nodes.items.properties.retry.properties.times.type,parentSchema:schema11.properties.nodes.items.properties.retry.properties.times,data:data19};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 20 || isNaN(data19)){
const err53 = {instancePath:instancePath+"/nodes/" + i0+"/retry/times",schemaPath:"#/properties/nodes/items/properties/retry/properties/times/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema11.properties.nodes.items.properties.retry.properties.times,data:data19};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data19 < 1 || isNaN(data19)){
const err54 = {instancePath:instancePath+"/nodes/" + i0+"/retry/times",schemaPath:"#/properties/nodes/items/properties/retry/properties/times/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.nodes.items.properties.retry.properties.times,data:data19};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
let data20 = data18.delayMs;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err55 = {instancePath:instancePath+"/nodes/" + i0+"/retry/delayMs",schemaPath:"#/properties/nodes/items/properties/retry/properties/delayMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.nodes.items.properties.retry.properties.delayMs.type,parentSchema:schema11.properties.nodes.items.properties.retry.properties.delayMs,data:data20};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 3600000 || isNaN(data20)){
const err56 = {instancePath:instancePath+"/nodes/" + i0+"/retry/delayMs",schemaPath:"#/properties/nodes/items/properties/retry/properties/delayMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600000},message:"must be <= 3600000",schema:3600000,parentSchema:schema11.properties.nodes.items.properties.retry.properties.delayMs,data:data20};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data20 < 0 || isNaN(data20)){
const err57 = {instancePath:instancePath+"/nodes/" + i0+"/retry/delayMs",schemaPath:"#/properties/nodes/items/properties/retry/properties/delayMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.nodes.items.properties.retry.properties.delayMs,data:data20};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
let data21 = data18.backoff;
if(!((data21 === "fixed") || (data21 === "exponential"))){
const err58 = {instancePath:instancePath+"/nodes/" + i0+"/retry/backoff",schemaPath:"#/properties/nodes/items/properties/retry/properties/backoff/enum",keyword:"enum",params:{allowedValues: schema11.properties.nodes.items.properties.retry.properties.backoff.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.nodes.items.properties.retry.properties.backoff.enum,parentSchema:schema11.properties.nodes.items.properties.retry.properties.backoff,data:data21};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
let data22 = data18.maxDelayMs;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err59 = {instancePath:instancePath+"/nodes/" + i0+"/retry/maxDelayMs",schemaPath:"#/properties/nodes/items/properties/retry/properties/maxDelayMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.nodes.items.properties.retry.properties.maxDelayMs.type,parentSchema:schema11.properties.nodes.items.properties.retry.properties.maxDelayMs,data:data22};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 3600000 || isNaN(data22)){
const err60 = {instancePath:instancePath+"/nodes/" + i0+"/retry/maxDelayMs",schemaPath:"#/properties/nodes/items/properties/retry/properties/maxDelayMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600000},message:"must be <= 3600000",schema:3600000,parentSchema:schema11.properties.nodes.items.properties.retry.properties.maxDelayMs,data:data22};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(data22 < 0 || isNaN(data22)){
const err61 = {instancePath:instancePath+"/nodes/" + i0+"/retry/maxDelayMs",schemaPath:"#/properties/nodes/items/properties/retry/properties/maxDelayMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.nodes.items.properties.retry.properties.maxDelayMs,data:data22};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
let data23 = data18.jitter;
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 1 || isNaN(data23)){
const err62 = {instancePath:instancePath+"/nodes/" + i0+"/retry/jitter",schemaPath:"#/properties/nodes/items/properties/retry/properties/jitter/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema11.properties.nodes.items.properties.retry.properties.jitter,data:data23};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data23 < 0 || isNaN(data23)){
const err63 = {instancePath:instancePath+"/nodes/" + i0+"/retry/jitter",schemaPath:"#/properties/nodes/items/properties/retry/properties/jitter/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.nodes.items.properties.retry.properties.jitter,data:data23};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/nodes/" + i0+"/retry/jitter",schemaPath:"#/properties/nodes/items/properties/retry/properties/jitter/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.nodes.items.properties.retry.properties.jitter.type,parentSchema:schema11.properties.nodes.items.properties.retry.properties.jitter,data:data23};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
let data24 = data18.on;
const _errs52 = errors;
let valid6 = false;
const _errs53 = errors;
if(!(((data24 === "retryable") || (data24 === "world")) || (data24 === "any"))){
const err65 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on",schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema11.properties.nodes.items.properties.retry.properties.on.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[0].enum,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[0],data:data24};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
var _valid0 = _errs53 === errors;
valid6 = valid6 || _valid0;
if(!valid6){
const _errs54 = errors;
if(Array.isArray(data24)){
if(data24.length > 100){
const err66 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on",schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1],data:data24};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data24.length < 1){
const err67 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on",schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1],data:data24};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
const len1 = data24.length;
for(let i1=0; i1<len1; i1++){
let data25 = data24[i1];
if(typeof data25 === "string"){
if(data25.length > 100){
const err68 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on/" + i1,schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1].items,data:data25};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(data25.length < 1){
const err69 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on/" + i1,schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1].items,data:data25};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on/" + i1,schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1].items.type,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1].items,data:data25};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on",schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1].type,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf[1],data:data24};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
var _valid0 = _errs54 === errors;
valid6 = valid6 || _valid0;
}
if(!valid6){
const err72 = {instancePath:instancePath+"/nodes/" + i0+"/retry/on",schemaPath:"#/properties/nodes/items/properties/retry/properties/on/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema11.properties.nodes.items.properties.retry.properties.on.anyOf,parentSchema:schema11.properties.nodes.items.properties.retry.properties.on,data:data24};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
else {
errors = _errs52;
if(vErrors !== null){
if(_errs52){
vErrors.length = _errs52;
}
else {
vErrors = null;
}
}
}
}
else {
const err73 = {instancePath:instancePath+"/nodes/" + i0+"/retry",schemaPath:"#/properties/nodes/items/properties/retry/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.nodes.items.properties.retry.type,parentSchema:schema11.properties.nodes.items.properties.retry,data:data18};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
let data26 = data11.disabled;
if(typeof data26 !== "boolean"){
const err74 = {instancePath:instancePath+"/nodes/" + i0+"/disabled",schemaPath:"#/properties/nodes/items/properties/disabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.nodes.items.properties.disabled.type,parentSchema:schema11.properties.nodes.items.properties.disabled,data:data26};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
let data27 = data11.notes;
if(typeof data27 !== "string"){
const err75 = {instancePath:instancePath+"/nodes/" + i0+"/notes",schemaPath:"#/properties/nodes/items/properties/notes/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.nodes.items.properties.notes.type,parentSchema:schema11.properties.nodes.items.properties.notes,data:data27};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
else {
const err76 = {instancePath:instancePath+"/nodes/" + i0,schemaPath:"#/properties/nodes/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.nodes.items.type,parentSchema:schema11.properties.nodes.items,data:data11};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
else {
const err77 = {instancePath:instancePath+"/nodes",schemaPath:"#/properties/nodes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.nodes.type,parentSchema:schema11.properties.nodes,data:data10};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data.wires !== undefined){
let data28 = data.wires;
if(Array.isArray(data28)){
const len2 = data28.length;
for(let i2=0; i2<len2; i2++){
let data29 = data28[i2];
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(data29.from === undefined){
const err78 = {instancePath:instancePath+"/wires/" + i2,schemaPath:"#/properties/wires/items/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema11.properties.wires.items.required,parentSchema:schema11.properties.wires.items,data:data29};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(data29.to === undefined){
const err79 = {instancePath:instancePath+"/wires/" + i2,schemaPath:"#/properties/wires/items/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema11.properties.wires.items.required,parentSchema:schema11.properties.wires.items,data:data29};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
for(const key4 in data29){
if(!((key4 === "from") || (key4 === "to"))){
const err80 = {instancePath:instancePath+"/wires/" + i2,schemaPath:"#/properties/wires/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.wires.items,data:data29};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data29.from !== undefined){
let data30 = data29.from;
if(typeof data30 === "string"){
if(!pattern3.test(data30)){
const err81 = {instancePath:instancePath+"/wires/" + i2+"/from",schemaPath:"#/properties/wires/items/properties/from/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"},message:"must match pattern \""+"^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"+"\"",schema:"^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$",parentSchema:schema11.properties.wires.items.properties.from,data:data30};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
else {
const err82 = {instancePath:instancePath+"/wires/" + i2+"/from",schemaPath:"#/properties/wires/items/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.wires.items.properties.from.type,parentSchema:schema11.properties.wires.items.properties.from,data:data30};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data29.to !== undefined){
let data31 = data29.to;
if(typeof data31 === "string"){
if(!pattern3.test(data31)){
const err83 = {instancePath:instancePath+"/wires/" + i2+"/to",schemaPath:"#/properties/wires/items/properties/to/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"},message:"must match pattern \""+"^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"+"\"",schema:"^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$",parentSchema:schema11.properties.wires.items.properties.to,data:data31};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/wires/" + i2+"/to",schemaPath:"#/properties/wires/items/properties/to/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.wires.items.properties.to.type,parentSchema:schema11.properties.wires.items.properties.to,data:data31};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
}
else {
const err85 = {instancePath:instancePath+"/wires/" + i2,schemaPath:"#/properties/wires/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.wires.items.type,parentSchema:schema11.properties.wires.items,data:data29};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath:instancePath+"/wires",schemaPath:"#/properties/wires/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.wires.type,parentSchema:schema11.properties.wires,data:data28};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
let data32 = data.groups;
if(Array.isArray(data32)){
const len3 = data32.length;
for(let i3=0; i3<len3; i3++){
let data33 = data32[i3];
if(!(data33 && typeof data33 == "object" && !Array.isArray(data33))){
const err87 = {instancePath:instancePath+"/groups/" + i3,schemaPath:"#/properties/groups/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.groups.items.type,parentSchema:schema11.properties.groups.items,data:data33};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
}
else {
const err88 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.groups.type,parentSchema:schema11.properties.groups,data:data32};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
let data34 = data.tests;
if(Array.isArray(data34)){
const len4 = data34.length;
for(let i4=0; i4<len4; i4++){
let data35 = data34[i4];
if(!(data35 && typeof data35 == "object" && !Array.isArray(data35))){
const err89 = {instancePath:instancePath+"/tests/" + i4,schemaPath:"#/properties/tests/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.tests.items.type,parentSchema:schema11.properties.tests.items,data:data35};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
else {
const err90 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.tests.type,parentSchema:schema11.properties.tests,data:data34};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
let data36 = data.layout;
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
if(data36.nodes !== undefined){
let data37 = data36.nodes;
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key5 in data37){
let data38 = data37[key5];
if(Array.isArray(data38)){
if(data38.length > 2){
const err91 = {instancePath:instancePath+"/layout/nodes/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/layout/properties/nodes/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema11.properties.layout.properties.nodes.additionalProperties,data:data38};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(data38.length < 2){
const err92 = {instancePath:instancePath+"/layout/nodes/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/layout/properties/nodes/additionalProperties/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items",schema:2,parentSchema:schema11.properties.layout.properties.nodes.additionalProperties,data:data38};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
const len5 = data38.length;
for(let i5=0; i5<len5; i5++){
let data39 = data38[i5];
if(!((typeof data39 == "number") && (isFinite(data39)))){
const err93 = {instancePath:instancePath+"/layout/nodes/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i5,schemaPath:"#/properties/layout/properties/nodes/additionalProperties/items/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.layout.properties.nodes.additionalProperties.items.type,parentSchema:schema11.properties.layout.properties.nodes.additionalProperties.items,data:data39};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
else {
const err94 = {instancePath:instancePath+"/layout/nodes/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/layout/properties/nodes/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.layout.properties.nodes.additionalProperties.type,parentSchema:schema11.properties.layout.properties.nodes.additionalProperties,data:data38};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
else {
const err95 = {instancePath:instancePath+"/layout/nodes",schemaPath:"#/properties/layout/properties/nodes/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.layout.properties.nodes.type,parentSchema:schema11.properties.layout.properties.nodes,data:data37};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/layout",schemaPath:"#/properties/layout/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.layout.type,parentSchema:schema11.properties.layout,data:data36};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
else {
const err97 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
